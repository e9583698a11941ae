"""The way through an application: where one is, what is done, what comes before and after."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labelling.models import CriterionKind, State
from territories.pages.base import SOURCE_LANGUAGE

from .checking import Missing, Sheet

DETAILS, SUPPORT, CHECK = "details", "support", "check"


@dataclass(frozen=True)
class Step:
    """One screen. `place`: "details", the number of a criterion from 1, "support" or "check";
    `language`: of its title."""

    place: str | int
    title: str
    url: str
    is_done: bool
    is_now: bool
    language: str


@dataclass(frozen=True)
class Stage:
    """One window of the row: a step, or all the optional criteria together."""

    title: str
    is_done: bool
    is_now: bool
    steps: list[Step] = field(default_factory=list)


class Progress:
    def __init__(self, sheet: Sheet, token: str, place: str | int = "") -> None:
        self.sheet, self.token, self.place = sheet, token, place

    def url(self, place: str | int) -> str:
        if isinstance(place, int):
            return reverse("labelling:application_step", args=[self.token, place])
        return reverse(f"labelling:application_{place}", args=[self.token])

    @property
    def home(self) -> str:
        return reverse("labelling:application", args=[self.token])

    def step(self, place: str | int, title: str, is_done: bool, language: str = "") -> Step:
        language = language or get_language() or SOURCE_LANGUAGE
        return Step(place, title, self.url(place), is_done, place == self.place, language)

    @cached_property
    def steps(self) -> list[Step]:
        application = self.sheet.application
        # Read afresh: what has just been kept counts.
        wants = application.wants_logistics or application.wants_advice or application.wants_finance
        has_left = application.state not in (State.DRAFT, State.RETURNED)
        return [
            self.step(DETAILS, application.get_subject_display().capitalize(), self.knows_who),
            *(
                self.step(number, words.name, self.sheet.is_done(criterion), words.language)
                for number, criterion in enumerate(self.sheet.criteria, start=1)
                for words in [criterion.shown]
            ),
            self.step(SUPPORT, _("De l’aide, si besoin"), wants),
            self.step(CHECK, _("Vérifier et envoyer"), has_left),
        ]

    @property
    def knows_who(self) -> bool:
        application = self.sheet.application
        return bool(application.contact_name and (application.email or application.phone))

    @cached_property
    def stages(self) -> list[Stage]:
        """The optional criteria are one stage: nobody is to count fifteen windows."""
        stages, extras = [], []
        for step in self.steps:
            if isinstance(step.place, int) and self.is_optional(step.place):
                extras.append(step)
                continue
            if extras and not any(stage.steps is extras for stage in stages):
                stages.append(self.stage_of(extras))
            stages.append(Stage(step.title, step.is_done, step.is_now, [step]))
        return stages

    def is_optional(self, number: int) -> bool:
        return self.sheet.criteria[number - 1].kind == CriterionKind.OPTIONAL

    def stage_of(self, extras: list[Step]) -> Stage:
        return Stage(
            _("Points en plus"),
            any(step.is_done for step in extras),
            any(step.is_now for step in extras),
            extras,
        )

    @property
    def number(self) -> int:
        """Of the stage one is at, from 1; 0 on a screen that is none."""
        return next((n for n, stage in enumerate(self.stages, start=1) if stage.is_now), 0)

    def beside(self, by: int) -> Step | None:
        places = [step.place for step in self.steps]
        index = places.index(self.place) + by if self.place in places else -1
        return self.steps[index] if 0 <= index < len(places) else None

    @property
    def before(self) -> Step | None:
        return self.beside(-1)

    @property
    def after(self) -> Step | None:
        return self.beside(1)

    @property
    def next_to_do(self) -> Step:
        """What to go on with: the first mandatory screen that is not done, else the last one."""
        for step in self.steps:
            wanted = step.place == DETAILS or (
                isinstance(step.place, int) and not self.is_optional(step.place)
            )
            if wanted and not step.is_done:
                return step
        return self.steps[-1]

    def url_of(self, missing: Missing) -> str:
        """Where to put right what is missing."""
        if missing.criterion is not None:
            numbers = [criterion.pk for criterion in self.sheet.criteria]
            return f"{self.url(numbers.index(missing.criterion.pk) + 1)}?corriger=1"
        return self.home if missing.place == "replies" else self.url(missing.place)
