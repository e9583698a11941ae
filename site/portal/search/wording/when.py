"""Questions that ask for nothing but what takes place at some time: « que faire ce week-end »."""

from __future__ import annotations

from .folding import ASKING, GRAMMAR, words

# By period (`agenda.lists.periods.PRESETS`), how it is said, in the languages of the site.
SAID = {
    "aujourdhui": ("aujourd’hui", "ce soir", "today", "tonight", "اليوم", "هذا المساء"),
    "week-end": ("week-end", "weekend", "this weekend", "نهاية الأسبوع", "عطلة نهاية الأسبوع"),
    "semaine": ("cette semaine", "this week", "هذا الأسبوع"),
    "mois-prochain": ("mois prochain", "next month", "الشهر القادم", "الشهر المقبل"),
    "30-jours": ("prochains jours", "ce mois-ci", "this month", "هذا الشهر"),
}
PERIODS = {tuple(words(said)): name for name, ways in SAID.items() for said in ways}
LONGEST = max(map(len, PERIODS))
# They name all that takes place, whatever it is.
WHATEVER = frozenset(
    words(
        "événement événements sortie sorties activité activités animation animations agenda "
        "programme calendrier rendez rdv event events activity activities happening going out on "
        "فعاليات الفعاليات نشاطات أنشطة نفعل افعل"
    )
)


def period_alone(question: str) -> str:
    """The period, "" when none is asked for, or when something else is asked for beside it."""
    typed, found, at = words(question), "", 0
    while at < len(typed):
        for length in range(LONGEST, 0, -1):
            if name := PERIODS.get(tuple(typed[at : at + length])):
                found, at = name, at + length
                break
        else:
            if typed[at] not in GRAMMAR | ASKING | WHATEVER:
                return ""
            at += 1
    return found
