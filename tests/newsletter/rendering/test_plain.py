"""The text part is written to be read."""

from hypothesis import given
from hypothesis import strategies as st

from newsletter.rendering.plain import WIDTH, plain_text


def test_titles_lists_and_links():
    text = plain_text(
        "<h1>La lettre</h1><p>Bonjour <b>vous</b>.</p><h2>À ne pas manquer</h2>"
        '<ul><li><a href="https://a.example/1">Le forum</a>, lundi</li><li>Un café</li></ul>'
        '<ol><li>un</li><li>deux</li></ol><p><a href="https://a.example/1">Encore</a></p>'
    )
    assert text == (
        "La lettre\n=========\n\nBonjour vous.\n\n\nÀ ne pas manquer\n----------------\n\n"
        "- Le forum [1], lundi\n- Un café\n\n1. un\n2. deux\n\nEncore [1]\n\n"
        "[1] https://a.example/1\n"
    )


def test_what_is_hidden_or_typed_by_machines_stays_out():
    text = plain_text(
        "<mj-head><mj-title>T</mj-title></mj-head><style>p{}</style>"
        '<div aria-hidden="true"><div>x</div>y</div><p>Vu</p>'
    )
    assert text == "Vu\n"


def test_telephones_and_addresses_are_left_as_written():
    text = plain_text(
        '<p><a href="tel:+33536491200">05 36 49 12 00</a><br>'
        '<a href="mailto:n@example.org">n@example.org</a><br>'
        '<a href="https://a.example/">https://a.example/</a></p>'
    )
    assert text == "05 36 49 12 00\nn@example.org\nhttps://a.example/\n"


def test_lines_are_short_and_continue_under_their_bullet():
    text = plain_text("<ul><li>" + "mot " * 60 + "</li></ul>")
    lines = text.splitlines()
    assert all(len(line) <= WIDTH for line in lines)
    assert lines[0].startswith("- ") and lines[1].startswith("  mot")


def test_cells_of_a_table_do_not_run_into_each_other():
    assert plain_text("<table><tr><td>jeu.</td><td>3</td></tr></table>") == "jeu. 3\n"


@given(st.text(max_size=300))
def test_whatever_is_fed_gives_text(markup):
    assert plain_text(markup).endswith("\n")


@given(
    st.lists(st.sampled_from(["<ul>", "</ul>", "<li>", "</li>", "<p>", "<a href='https://x/'>"]))
)
def test_tags_in_any_order_do_no_harm(tags):
    plain_text("mot".join(tags))
