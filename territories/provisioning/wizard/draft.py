"""What somebody has typed so far, kept in the session until the territory is asked for."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import slugify

from territories.models import Provisioning
from territories.provisioning.plan import Plan, with_requirements

from .forms import FORMS, PlanForm

KEPT = "new_territory"


class Draft:
    """The answers as they were typed, right or wrong: going back and forth loses nothing."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        kept = session.get(KEPT) or {}
        self.answers: dict[str, dict[str, list[str]]] = kept.get("answers", {})
        # Of the run that will carry it out: sending the same draft twice asks once.
        self.key = uuid.UUID(kept["key"]) if "key" in kept else uuid.uuid4()
        self.is_begun = bool(kept)

    def keep(self, step: str, typed: QueryDict) -> None:
        names = FORMS[step].base_fields
        self.answers[step] = {name: typed.getlist(name) for name in names if name in typed}
        self.save()

    def save(self) -> None:
        self.session[KEPT] = {"key": str(self.key), "answers": self.answers}

    def forget(self) -> None:
        self.session.pop(KEPT, None)

    def form(self, step: str) -> PlanForm:
        """Bound as soon as somebody has been there."""
        if step not in self.answers:
            return FORMS[step](draft=self)
        typed = QueryDict(mutable=True)
        for name, values in self.answers[step].items():
            typed.setlist(name, values)
        return FORMS[step](typed, draft=self)

    @cached_property
    def forms(self) -> dict[str, PlanForm]:
        return {step: self.form(step) for step in FORMS}

    @property
    def slug(self) -> str:
        typed = self.answers.get("identity", {})
        slug, name = ("".join(typed.get(field, [])[-1:]).strip() for field in ("slug", "name"))
        # « Val d’Essai » is val-d-essai.
        return slug or slugify(re.sub("[’']", " ", name))

    def first_unanswered(self) -> str | None:
        """The first step that is not right yet."""
        return next((step for step, form in self.forms.items() if not form.is_valid()), None)

    def plan(self) -> Plan:
        """Of a draft whose steps are all right."""
        answers: dict[str, Any] = {}
        for form in self.forms.values():
            answers |= form.cleaned_data
        return Plan(**answers)


def correct(session: SessionBase, run: Provisioning) -> None:
    """Make a draft of what a run was asked, to be sent again under the same key."""
    draft = Draft(session)
    draft.key = run.pk
    plan = run.plan
    draft.answers = {
        step: {name: as_typed(name, plan[name]) for name in form.base_fields}
        for step, form in FORMS.items()
    }
    draft.save()


def as_typed(name: str, value: Any) -> list[str]:
    if name == "communes":
        return ["\n".join(commune.replace(":", " ", 1) for commune in value)]
    if name == "plugins":
        return with_requirements(value)
    return [str(value)]
