import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from resources_directory.hours.checking import check_hours
from resources_directory.hours.editing import HoursInput, HoursWidget, shown
from resources_directory.hours.expression import read, tidy
from resources_directory.hours.typed import NotUnderstood, Typed, expression, selected, typed
from resources_directory.models import ActorPage

FIELD = HoursInput(max_length=500, required=False)


@pytest.mark.parametrize(
    "line, times",
    [
        ("9h-12h30 et 14h-17h", "09:00-12:30,14:00-17:00"),
        ("9:00-12:30, 14:00-17:00", "09:00-12:30,14:00-17:00"),
        ("de 9 h à midi puis de 14 h à 17 h 30", "09:00-12:00,14:00-17:30"),
        ("9h-12h 14h-17h", "09:00-12:00,14:00-17:00"),
        ("9-12 ; 14-17", "09:00-12:00,14:00-17:00"),
        ("9.00 à 12.00", "09:00-12:00"),
        ("20h-2h", "20:00-02:00"),
        ("18h-minuit", "18:00-24:00"),
        ("24h/24", "00:00-24:00"),
        ("fermé", ""),
        ("", ""),
        ("sur rendez-vous", '"sur rendez-vous"'),
        ("9h-12h sur rendez-vous", '09:00-12:00 "sur rendez-vous"'),
        ("9h-12h (sonnez à l'accueil)", '09:00-12:00 "sonnez à l’accueil"'),
    ],
)
def test_a_day_is_typed_as_people_write_it(line, times):
    assert selected(line) == times


@pytest.mark.parametrize(
    "line, why",
    [
        ("le matin", "« le matin » n’est pas compris."),
        ("9h-12h et le soir", "« le soir » n’est pas compris."),
        ("14h-12h", "« 14h-12h » finit avant de commencer."),
        ("9h-12h et 11h-13h", "« 11h-13h » commence avant la fin"),
        ("9h-25h", "« 9h-25h » : une heure va de 0h à 24h."),
        ("20h-2h et 21h-23h", "« 21h-23h » commence avant la fin"),
    ],
)
def test_what_is_not_understood_says_why(line, why):
    with pytest.raises(NotUnderstood, match=why):
        selected(line)


def test_days_that_are_alike_share_a_rule():
    office = "9h-12h30 et 14h-17h"
    lines = (office, office, "fermé", office, "9h-12h30", "", "")
    assert expression(Typed(lines, True)) == (
        "Mo-Tu 09:00-12:30,14:00-17:00; Th 09:00-12:30,14:00-17:00; Fr 09:00-12:30; PH off"
    )
    assert expression(Typed()) == expression(Typed(closed_on_holidays=True)) == ""
    assert expression(Typed(("fermé",) * 7)) == "off"


def test_a_week_is_shown_as_people_type_it():
    assert typed('Mo-Tu 08:45-12:00,14:00-17:00; We "sur rendez-vous"; Fr 20:00-24:00; PH off') == (
        Typed(
            (
                *("8h45-12h et 14h-17h", "8h45-12h et 14h-17h", "sur rendez-vous", "fermé"),
                *("20h-24h", "fermé", "fermé"),
            ),
            True,
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "quand il passe",
        "Mo-Fr 09:00-17:00; SH off",
        "Jul-Aug Mo 09:00-12:00",
        "Mo[1] 10:00-12:00",
        "Mo 09:00-17:00; PH 10:00-12:00",
        "Mo 09:00-12:00 unknown",
        'Mo off "congés"',
        "24/7",
        "sunrise-sunset",
    ],
)
def test_what_does_not_fit_in_a_week_stays_an_expression(text):
    assert shown(text) == {"way": "raw", "shown": text, "raw": text, "week": Typed()}


def sent(text, **changes):
    """What a browser sends back of the widget that shows a text."""
    what = shown(text)
    data = QueryDict(mutable=True)
    data.update({"hours-way": what["way"], "hours-shown": text, "hours-raw": what["raw"]})
    data.update({f"hours-{number}": line for number, line in enumerate(what["week"].lines)})
    if what["week"].closed_on_holidays:
        data["hours-holidays"] = "on"
    for name, value in changes.items():
        data[f"hours-{name.lstrip('_')}"] = value
    return HoursWidget().value_from_datadict(data, {}, "hours")


DAYS = st.sampled_from(["Mo-Fr", "Mo,We", "Tu", "Sa-Mo", "PH", "SH", "Mo[1]", "Jul Mo", ""])
TIMES = st.sampled_from(
    [
        *("off", "closed", "09:00-12:00", "9:00-12:30, 14:00-17:00", "20:00-02:00", "00:00-24:00"),
        *('"sur rendez-vous"', '09:00-12:00 "sonnez (fort)"', "09:00-12:00 unknown", "10:00+"),
        *('09:00-10:00 open "Sans rendez-vous"', "12:00-09:00"),
    ]
)
TEXTS = st.lists(st.tuples(DAYS, TIMES).map(" ".join), min_size=1, max_size=4).map("; ".join)
ANYTHING = st.text(st.characters(exclude_characters="\0"), max_size=30)


@settings(max_examples=150)
@given(TEXTS | ANYTHING, st.sampled_from(["fr", "en", "ar"]))
def test_what_is_saved_untouched_stays_as_it_was_to_the_letter(text, language):
    with override(language):
        text = tidy(text)
        assert FIELD.clean(sent(text)) == text
        assert not FIELD.has_changed(text, sent(text))


@settings(max_examples=150)
@given(TEXTS)
def test_a_week_says_what_the_expression_says(text):
    week = typed(text)
    if week is not None:
        assert typed(expression(week)) == week


def test_an_error_names_the_day():
    with pytest.raises(ValidationError, match="Mardi : « tôt » n’est pas compris"):
        FIELD.clean(sent("Mo-Fr 09:00-12:00", _1="tôt"))


def test_a_change_is_written_as_an_expression():
    assert FIELD.clean(sent("Mo 09:00-12:00", _1="14h-16h")) == "Mo 09:00-12:00; Tu 14:00-16:00"
    assert FIELD.clean(sent("Mo 09:00-12:00", way="raw", raw=" 24/7 ;")) == "24/7"
    assert FIELD.clean(sent("Mo[1] 09:00-12:00", way="week", _0="9h-12h")) == "Mo 09:00-12:00"
    assert FIELD.clean(sent("Mo[1] 09:00-12:00", raw="")) == ""
    assert FIELD.clean("Mo 09:00-12:00") == "Mo 09:00-12:00"


def test_the_widget_stands_without_a_script_and_keeps_what_was_wrong():
    page = HoursWidget().render("hours", sent("Mo 09:00-12:00", _1="<tôt>"), {"id": "id_hours"})
    assert 'name="hours-1" value="&lt;tôt&gt;"' in page
    assert 'name="hours-shown" value="Mo 09:00-12:00"' in page
    assert '<label for="id_hours-1">Mardi</label>' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "text, why",
    [
        ("Mo 9h-12h", "Horaires : « 9h-12h » n’est pas compris. Exemple : « Mo-Fr 09:00-12:30"),
        ("Mo 09:00", "Horaires : il manque quelque chose à la fin de « Mo 09:00 »."),
        ("lundi", "Horaires : « lundi » n’est pas compris."),
    ],
)
def test_an_expression_that_is_wrong_says_where(text, why):
    with pytest.raises(ValidationError, match=why):
        check_hours(text)
    with pytest.raises(ValidationError, match=why):
        ActorPage._meta.get_field("opening_hours").clean(text, None)


@given(st.text())
def test_a_text_is_right_or_wrong_and_breaks_nothing(text):
    try:
        check_hours(text)
    except ValidationError as error:
        assert str(error.messages[0]).startswith("Horaires : ")
    else:
        assert not tidy(text) or read(text)
