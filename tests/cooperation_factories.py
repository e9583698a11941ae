"""Actions, groups, calls and trainings for tests, made as the editor would make them."""

from factories import make_page

from cooperation.models import ActionActor, ActionPage, ActionsPage
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
