"""Actions, groups, calls and trainings for tests, made as the editor would make them."""

from datetime import timedelta

from django.utils import timezone
from factories import make_page

from cooperation.models import (
    ActionActor,
    ActionPage,
    ActionsPage,
    CallForProjectsPage,
    CallsPage,
    GroupMember,
    ProjectResponse,
    TrainingDate,
    TrainingPage,
    TrainingsPage,
    WorkingGroupPage,
    WorkingGroupsPage,
)
from territories.models import Commune, Neighbourhood, Term


def index_of(model, territory):
    return model.objects.records().get(territory=territory)


def terms(*codes):
    return list(Term.objects.filter(code__in=codes))


def make_neighbourhood(territory, name="Reynerie"):
    commune, _made = Commune.objects.get_or_create(code="31555", defaults={"name": "Toulouse"})
    place, _made = Neighbourhood.objects.get_or_create(commune=commune, name=name)
    territory.neighbourhoods.add(place)
    return place


def make_action(
    territory, title="Matche ton job", *, published=True, axis="", neighbourhoods=(), **fields
):
    """An action without end, on the whole territory when no `neighbourhoods` are given."""
    named = {name: terms(*fields.pop(name, ())) for name in ("publics", "sectors")}
    carriers, partners = fields.pop("carriers", ()), fields.pop("partners", ())
    action = ActionPage(title=title, **{"summary": "On joue, puis on parle travail.", **fields})
    action.axis = Term.objects.get(kind="axis", code=axis) if axis else None
    action.neighbourhoods = list(neighbourhoods)
    for name, found in named.items():
        setattr(action, name, found)
    action.actors = [
        ActionActor(actor=actor, part=part)
        for part, actors in (("carrier", carriers), ("partner", partners))
        for actor in actors
    ]
    return make_page(index_of(ActionsPage, territory), action, published=published)


def make_group(territory, title="Groupe emploi", *, members=(), neighbourhoods=(), **fields):
    group = WorkingGroupPage(title=title, **{"aim": "On se parle chaque mois.", **fields})
    group.members = [GroupMember(actor=actor) for actor in members]
    group.neighbourhoods = list(neighbourhoods)
    return make_page(index_of(WorkingGroupsPage, territory), group)


def make_training(territory, title="Aller vers", *, dates=(), **fields):
    """`dates`: pairs of aware datetimes, the second may be None."""
    training = TrainingPage(
        title=title, **{"summary": "Deux jours.", "audience": "médiateurs", **fields}
    )
    training.dates = [TrainingDate(start=start, end=end) for start, end in dates]
    return make_page(index_of(TrainingsPage, territory), training)


def make_call(territory, title="Coup de pouce", *, published=True, **fields):
    """Open since yesterday, for ten days."""
    now = timezone.now()
    call = CallForProjectsPage(
        title=title,
        **{
            "summary": "Proposez une action.",
            "for_whom": "Associations et groupes d’habitants",
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=10),
            **fields,
        },
    )
    return make_page(index_of(CallsPage, territory), call, published=published)


def make_response(call, **said):
    return ProjectResponse.objects.create(
        **{
            "call": call,
            "territory": call.territory,
            "organisation": "Les Jardins",
            "contact_name": "Alix",
            "email": "alix@example.org",
            "title": "Un jardin",
            "description": "On plante.",
            "language": "fr",
            **said,
        }
    )
