"""The addresses that the product itself adds to the admin: see `table`."""

from __future__ import annotations

from .visits import HARMLESS, HIDDEN, NATIONAL, REFUSED, SEARCHES, Visit, each, under


def _people() -> dict[str, Visit]:
    return {
        # Whoever holds the link of an invitation is its reader: another token opens nothing.
        **each(REFUSED, "people_accept second_factor_reset", things={"token": "x"}),
        # One's own.
        **each(HARMLESS, "second_factor second_factor_enrol second_factor_verify"),
        "second_factor_rules": Visit(NATIONAL),
        # To one's own team, or a list of those that one looks after.
        "people_teams": Visit(HIDDEN),
        **each(
            REFUSED,
            "people_team people_invite people_roles people_remove people_hand_over "
            "people_send_again people_withdraw people_second_factor",
            things={"owner": "beta", "user_id": "member", "invitation_id": "invitation"},
            form={"email": "x@example.org", "roles": "coordinator", "successor": "{member}"},
        ),
    }


def _contact() -> dict[str, Visit]:
    ns = "contact_messages"
    return {
        **each(HIDDEN, under(ns, "index index_results"), queries=("", "state=waiting")),
        **each(REFUSED, under(ns, "read delete"), form={"action": "answered"}),
    }


def _cooperation() -> dict[str, Visit]:
    ns = "cooperation_responses"
    return {
        **each(HIDDEN, under(ns, "index index_results export"), queries=("", "call={call}")),
        **each(REFUSED, under(ns, "read delete file")),
    }


def _registrations() -> dict[str, Visit]:
    ns = "registrations"
    return {
        **each(HIDDEN, under(ns, "index index_results")),
        **each(
            REFUSED,
            under(ns, "event add tell export print"),
            things={"page_id": "published"},
            form={"first_name": "x", "people": "1", "word": "x", "called": "{registration}"},
        ),
        **each(REFUSED, under(ns, "read delete"), form={"action": "cancel"}),
    }


def _subscribers() -> dict[str, Visit]:
    ns = "subscribers"
    queries = ("", "state=active", "q=abonne", "source=form")
    return {
        **each(HIDDEN, under(ns, "index index_results"), queries=queries),
        f"{ns}:export": Visit(REFUSED, queries=("territory=beta", "territory=beta&format=xlsx")),
        # One's own territories are offered; another's is refused, on the same page.
        **each(
            HIDDEN,
            under(ns, "add import"),
            form={"territory": "{territory}", "email": "x@example.org", "words": "x"},
        ),
        **each(REFUSED, under(ns, "read erase file"), form={"action": "stop"}),
    }


def _sendings() -> dict[str, Visit]:
    ns = "sendings"
    return {
        **each(HIDDEN, under(ns, "index index_results")),
        f"{ns}:read": Visit(REFUSED, form={"action": "again"}),
        **each(
            REFUSED,
            under(ns, "send try file"),
            things={"page_id": "letter", "kind": "html"},
            form={"when": "now", "confirmed": "1", "addresses": "x@example.org"},
        ),
    }


def _label_reports() -> dict[str, Visit]:
    ns = "label_reports"
    states = ("", "state=late", "territory={territory}")
    return {
        **each(HIDDEN, under(ns, "index index_results export"), queries=states),
        **each(HIDDEN, under(ns, "import template"), queries=("", "territory=beta")),
        **each(REFUSED, under(ns, "fill photo"), form={"reached": "3", "worked": "x"}),
    }


def _labels() -> dict[str, Visit]:
    ns = "label_labels"
    states = ("", "state=in_force", "territory={territory}")
    return {
        **each(HIDDEN, under(ns, "index index_results export"), queries=states),
        **each(REFUSED, under(ns, "read renew")),
    }


def _practice() -> dict[str, Visit]:
    """What every territory has published is there to be taken up: Beta's sheet is a draft."""
    ns = "labelling_practice"
    return {
        **each(
            HIDDEN, under(ns, "index index_results"), queries=(*SEARCHES, "territory={territory}")
        ),
        f"{ns}:write": Visit(REFUSED, {"report_id": "report"}, form={"photos": "1"}),
        **each(
            REFUSED,
            under(ns, "sheet take_facts"),
            things={"page_id": "practice"},
            form={"territory": "{territory}"},
        ),
    }


def _labelling() -> dict[str, Visit]:
    ns, moves = "label_applications", "send complete abandon return open grant refuse opinion"
    return {
        **each(
            HIDDEN,
            under(ns, "index index_results"),
            queries=("", "territory={territory}", "state=submitted"),
        ),
        **each(
            REFUSED,
            under(ns, f"read attach create_event evidence {moves}"),
            form={"words": "x", "verdict": "for", "page": "{published}"},
        ),
        f"{ns}:study": Visit(REFUSED, {"page_id": "draft"}),
        "label_rules:index": Visit(HIDDEN),
        "label_rules:edit": Visit(
            REFUSED, {"territory_id": "territory"}, form={"quorum": "1", "answer_within": "9"}
        ),
    }


def _figures() -> dict[str, Visit]:
    ns, beta = "label_figures", {"owner": "beta"}
    return {
        # To the figures of one's own territory.
        f"{ns}:index": Visit(HIDDEN),
        **each(REFUSED, under(ns, "board reports paper"), things=beta),
        f"{ns}:totals": Visit(REFUSED, {**beta, "extension": "csv"}),
        f"{ns}:chart": Visit(REFUSED, {**beta, "name": "mois", "extension": "svg"}),
    }


def _identity() -> dict[str, Visit]:
    of_territory = "edit history history_results preview_on_edit preview_theme"
    return {
        **each(HIDDEN, under("territory", "index index_results"), queries=SEARCHES),
        **each(
            REFUSED,
            under("territory", of_territory),
            things={"pk": "territory", "first": "5a2a86", "second": "f5c84b"},
            form={"name": "x", "tagline": "x"},
        ),
        "legal_facts": Visit(REFUSED, {"owner": "beta"}, form={"director": "x"}),
    }


def _search() -> dict[str, Visit]:
    ns = "search_synonyms"
    form = {"said": "x", "link": "towards", "means": "y", "territory": "{territory}"}
    chosen = {
        "questions": "x",
        "url": "https://x.example/",
        "title": "x",
        "sentence": "x",
        "territory": "{territory}",
        "page": "{published}",
    }
    return {
        **each(HIDDEN, under("search_promotions", "index index_results"), queries=SEARCHES),
        "search_promotions:add": Visit(HIDDEN, form=chosen),
        **each(
            REFUSED,
            under("search_promotions", "edit delete usage history history_results"),
            things={"pk": "promotion"},
            form=chosen,
        ),
        **each(HIDDEN, under("unmet_searches", "index index_results"), queries=("", "state=all")),
        "unmet_searches:deal": Visit(REFUSED, {"search_id": "unmet"}, form={"action": "dealt"}),
        **each(HIDDEN, under(ns, "index index_results"), queries=SEARCHES),
        f"{ns}:add": Visit(HIDDEN, queries=("", "territory={territory}"), form=form),
        **each(
            REFUSED,
            under(ns, "edit delete usage history history_results"),
            things={"pk": "synonym"},
            form=form,
        ),
    }


def _grids() -> dict[str, Visit]:
    ns = "label_grid"
    words = {"name": "x", "question": "x", "help_text": "x", "version": "2026-1"}
    return {
        "label_grid:index": Visit(HIDDEN),
        **each(
            REFUSED,
            under(ns, "read add change delete"),
            things={"owner": "beta", "criterion_id": "addition"},
            form=words,
        ),
        **each(
            NATIONAL,
            under("criteria_grids", "import words"),
            things={"pk": "grid", "language": "en"},
        ),
        "criteria_grids:export": Visit(HARMLESS, {"pk": "grid"}),
    }


OWN: dict[str, Visit] = {
    **_people(),
    **_identity(),
    **_contact(),
    **_cooperation(),
    **_registrations(),
    **_subscribers(),
    **_sendings(),
    **_label_reports(),
    **_labels(),
    **_grids(),
    **_search(),
    **_practice(),
    **_labelling(),
    **_figures(),
}
