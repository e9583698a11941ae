"""Making a territory from nothing, step by step. `Provisioning` keeps how far it has come.

Each step is a transaction that also writes that it is done, so that progress shows elsewhere and an
interrupted run goes on where it stopped. The row is locked meanwhile: two workers share the steps
of a run and do none twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from territories.audit.recording import record
from territories.models import Provisioning, Territory
from territories.plugins.switching import PluginRefused

from .plan import InvalidPlan, Plan, check_plan

__all__ = ["InvalidPlan", "Plan", "carry_out", "create_territory", "plan_territory"]

logger = logging.getLogger(__name__)


def create_territory(
    plan: Plan, *, tell: Callable[[Provisioning], None] = lambda run: None
) -> tuple[Territory, bool]:
    """Make or complete a territory; returns it and whether it was made.

    Makes the site, a home in every enabled language, what each plugin sets up, legal pages,
    the collection, the groups and their permissions. Raises InvalidPlan before anything is
    written. `tell`: see `carry_out`.
    """
    run = plan_territory(plan)
    is_new = run.territory_id is None and not Territory.objects.filter(slug=plan.slug).exists()
    return carry_out(run, tell=tell), is_new


@transaction.atomic
def plan_territory(plan: Plan, *, asked_by=None, key: UUID | None = None) -> Provisioning:
    """Keep a plan, to be carried out; raises InvalidPlan.

    `key` says that the territory is to be new, and names the run: asking again with it gives the
    run back as it is, with the new plan if it has stopped. Without a key what is there is
    completed; a run that stopped goes on if its plan has not changed.
    """
    found = (
        Provisioning.objects.filter(pk=key) if key else Provisioning.objects.filter(slug=plan.slug)
    )
    run = found.select_for_update().first()
    if run is not None and key and run.state != Provisioning.State.FAILED:
        return run
    check_plan(plan, run=key)
    if run is None:
        run = Provisioning(**({"pk": key} if key else {}))
    elif run.state == Provisioning.State.DONE or run.plan != plan.as_json():
        run.steps_done = []
    run.slug, run.plan, run.asked_by = plan.slug, plan.as_json(), asked_by or run.asked_by
    run.state, run.errors = Provisioning.State.WAITING, []
    run.save()
    return run


def carry_out(
    run: Provisioning, *, tell: Callable[[Provisioning], None] = lambda run: None
) -> Territory:
    """Do the steps that are not done yet. `tell` is called before each, and at the end.

    What goes wrong is kept on the run, in French, and raised.
    """
    try:
        while run.state != Provisioning.State.DONE:
            tell(run)
            run = take_step(run)
        tell(run)
    except BaseException as error:
        stop(run, sentences_of(error))
        raise
    return run.territory


@transaction.atomic
def take_step(run: Provisioning) -> Provisioning:
    """Do the next step of a run, whoever has done the one before; returns the run as it is now."""
    run = Provisioning.objects.select_for_update().get(pk=run.pk)
    plan, step = run.read_plan(), run.next_step()
    territory = Territory.objects.filter(slug=plan.slug).select_related("site__root_page").first()
    is_new = territory is None or territory.is_in_the_making
    if step is not None:
        run.territory = step.run(plan, territory) or territory
        run.steps_done = [*run.steps_done, step.code]
    run.state = Provisioning.State.RUNNING if run.next_step() else Provisioning.State.DONE
    run.errors = []
    run.save()
    if is_new and not run.territory.is_in_the_making:
        record(territory=run.territory, action="territories.create", user=run.asked_by)
    return run


def resume(run: Provisioning) -> None:
    """Say that a run goes on, before somebody takes it up."""
    run.state, run.errors = Provisioning.State.WAITING, []
    run.save(update_fields=["state", "errors", "heard_at"])


def stop(run: Provisioning, sentences: list[str]) -> None:
    Provisioning.objects.filter(pk=run.pk).update(state=Provisioning.State.FAILED, errors=sentences)


def sentences_of(error: BaseException) -> list[str]:
    """What people read of an error; the rest is in the log."""
    match error:
        case InvalidPlan():
            return list(error.sentences)
        case PluginRefused():
            return [str(error)]
        case Exception():
            logger.exception("A territory could not be made")
            return [
                _(
                    "Une erreur que personne n’attendait l’a arrêtée. Reprenez ; si elle revient, "
                    "donnez l’heure à qui tient le serveur : son journal en dit plus."
                )
            ]
    return [_("Elle a été interrompue.")]
