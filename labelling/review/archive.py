"""Applications travel with what was answered, asked, thought and decided; not with who it was.

Evidence stays behind: files hold names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from labelling.grids.adopting import criteria_for
from labelling.labels.archive import bearer, key_of
from labelling.models import (
    Answer,
    Application,
    ApplicationStep,
    CriteriaGrid,
    Criterion,
    Opinion,
    Question,
    ReviewRules,
)
from resources_directory.models import ActorPage
from territories.models import Territory
from territories.plugins.contributions import Part

from .forgetting import WHO, delete_applications

PERSONAL = ("contact_name", "email", "phone", "in_charge", "signatures")
WORDS = (
    *("reference", "subject", "title", "takes_place", "happens_at", "state", "organisation"),
    *("language", "wants_logistics", "wants_advice", "wants_finance", "support_words", "reasons"),
)
MOMENTS = ("begun_at", "submitted_at", "decided_at")
STEP = ("name", "state_before", "state_after", "words")
OPINION = ("verdict", "comment", "has_conflict")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = Application.objects.filter(territory=territory).select_related("grid", "page", "actor")
    found = found.prefetch_related(
        "answers__criterion", "questions__criterion", "steps", "opinions"
    )
    for one in found.order_by("pk"):
        yield {
            "identity": str(one.identity),
            "grid": one.grid.version,
            "page": one.page and str(one.page.translation_key),
            "actor": one.actor and str(one.actor.translation_key),
            "amount": None if one.amount is None else str(one.amount),
            **{name: getattr(one, name) for name in WORDS},
            **{name: stamp(getattr(one, name)) for name in MOMENTS},
            **{name: getattr(one, name) for name in ("contact_name", "email", "phone")},
            "answers": [
                {
                    "criterion": key_of(answer.criterion, one.grid),
                    **{name: getattr(answer, name) for name in ANSWER},
                    "facts": {key: said for key, said in answer.facts.items() if key != WHO},
                }
                for answer in one.answers.all()
            ],
            # By answer: who takes care of it, somebody's name.
            "in_charge": [answer.facts.get(WHO) for answer in one.answers.all()],
            "questions": [
                {
                    "criterion": question.criterion and key_of(question.criterion, one.grid),
                    "words": question.words,
                    "answer": question.answer,
                    "asked_at": stamp(question.asked_at),
                    "answered_at": stamp(question.answered_at),
                }
                for question in one.questions.all()
            ],
            "steps": [
                {"at": stamp(step.at), **{name: getattr(step, name) for name in STEP}}
                for step in one.steps.all()
            ],
            "opinions": [
                {"at": stamp(given.given_at), **{name: getattr(given, name) for name in OPINION}}
                for given in one.opinions.all()
            ],
            "signatures": {
                "steps": [step.signed for step in one.steps.all()],
                "opinions": [[given.signed, given.conflict_words] for given in one.opinions.all()],
            },
        }


ANSWER = ("is_met", "text", "facts", "is_accepted")


def stamp(moment: datetime | None) -> str | None:
    return moment and moment.isoformat()


def moment_of(written: str | None) -> datetime | None:
    return written and datetime.fromisoformat(written)


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out those whose reference is here, or whose grid is not."""
    for row in rows:
        grid = CriteriaGrid.objects.filter(version=row["grid"], territory=None).first()
        known = Application.objects.filter(reference=row["reference"])
        if grid is not None and not known.exists():
            restore_one(territory, grid, row)


def restore_one(territory: Territory, grid: CriteriaGrid, row: Mapping[str, Any]) -> None:
    application = Application.objects.create(
        identity=row["identity"],
        territory=territory,
        grid=grid,
        page=row["page"] and bearer(territory, row["page"]),
        actor=ActorPage.objects.records()
        .filter(territory=territory, translation_key=row["actor"])
        .first(),
        amount=None if row["amount"] is None else Decimal(row["amount"]),
        **{name: row[name] for name in (*WORDS, "contact_name", "email", "phone")},
        **{name: moment_of(row[name]) for name in MOMENTS},
    )
    criteria = {tuple(key_of(one, grid)): one for one in criteria_for(territory, grid)}

    def criterion_of(said: Mapping[str, Any]) -> Criterion | None:
        return criteria.get(tuple(said["criterion"] or ()))

    in_charge = row.get("in_charge") or [None] * len(row["answers"])
    Answer.objects.bulk_create(
        Answer(
            application=application,
            criterion=criterion_of(said),
            **{name: said[name] for name in ANSWER} | {"facts": facts},
        )
        for said, who in zip(row["answers"], in_charge, strict=True)
        for facts in [{**said["facts"], WHO: who} if who else said["facts"]]
        if criterion_of(said)
    )
    Question.objects.bulk_create(
        Question(
            application=application,
            criterion=criterion_of(said),
            words=said["words"],
            answer=said["answer"],
            asked_at=moment_of(said["asked_at"]),
            answered_at=moment_of(said["answered_at"]),
        )
        for said in row["questions"]
    )
    restore_signed(application, row)


def restore_signed(application: Application, row: Mapping[str, Any]) -> None:
    """Steps and opinions: an archive has emptied who signed them."""
    signed = row["signatures"] or {
        "steps": [""] * len(row["steps"]),
        "opinions": [["", ""]] * len(row["opinions"]),
    }
    ApplicationStep.objects.bulk_create(
        ApplicationStep(
            application=application,
            at=moment_of(step["at"]),
            signed=signature,
            **{name: step[name] for name in STEP},
        )
        for step, signature in zip(row["steps"], signed["steps"], strict=True)
    )
    Opinion.objects.bulk_create(
        Opinion(
            application=application,
            given_at=moment_of(given["at"]),
            signed=signature,
            conflict_words=tie,
            **{name: given[name] for name in OPINION},
        )
        for given, (signature, tie) in zip(row["opinions"], signed["opinions"], strict=True)
    )


def erase(territory: Territory) -> int:
    return delete_applications(Application.objects.filter(territory=territory))


def export_rules(territory: Territory) -> Iterator[Mapping[str, Any]]:
    yield from ReviewRules.objects.filter(territory=territory).values("quorum", "answer_within")


def restore_rules(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        ReviewRules.objects.get_or_create(territory=territory, defaults=dict(row))


def erase_rules(territory: Territory) -> int:
    return ReviewRules.objects.filter(territory=territory).delete()[0]


# Before the labels, which say themselves which application they were given for.
PARTS = [
    Part("applications", export, restore, erase, personal=PERSONAL),
    Part("review_rules", export_rules, restore_rules, erase_rules),
]
