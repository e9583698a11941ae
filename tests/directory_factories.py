"""Actors and services for tests, made as the editor would make them."""

from django.utils import timezone
from factories import make_page

from resources_directory.models import ActorMapPage, ActorPage, GuidePage, ServicePage
from territories.models import Term

# The place of the town hall of Toulouse, for want of a better one.
TOULOUSE = {
    "address": "1 place du Capitole",
    "postcode": "31000",
    "commune": "Toulouse",
    "insee_code": "31555",
    "latitude": 43.60446,
    "longitude": 1.44386,
}


def map_of(territory):
    return ActorMapPage.objects.records().get(territory=territory)


def guide_of(territory):
    return GuidePage.objects.records().get(territory=territory)


def terms(*codes):
    return list(Term.objects.filter(code__in=codes))


def make_actor(territory, title="Centre social", *, published=True, networks=(), **fields):
    actor = ActorPage(title=title, **{**TOULOUSE, **fields})
    actor.networks = terms(*networks)
    return make_page(map_of(territory), actor, published=published)


def make_service(
    territory, title="Permis solidaire", *, published=True, themes=(), publics=(), **fields
):
    """A service of the territory's first actor, made when it lacks."""
    if "actor" not in fields:
        known = ActorPage.objects.records().filter(territory=territory).order_by("pk").first()
        fields["actor"] = known or make_actor(territory)
    service = ServicePage(
        title=title,
        **{
            "description": "On passe le code ensemble. Puis vous conduisez.",
            "confirmed_on": timezone.localdate(),
            **fields,
        },
    )
    service.themes = terms(*themes)
    service.publics = terms(*publics)
    return make_page(guide_of(territory), service, published=published)
