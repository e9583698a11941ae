import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from factories import make_content_page, make_territory
from wagtail.models import Locale, PageViewRestriction

HOSTILE = 'Forum </script><script>alert("x")</script> & <!-- "'


@pytest.fixture(scope="module")
def world(undone_after_the_module):
    """Two territories and what one of them publishes, made once a module and only read."""
    alpha = make_territory("alpha", town="Toulouse", plugins=["resources_directory", "agenda"])
    beta = make_territory("beta", plugins=["resources_directory"])
    actor = make_actor(
        alpha, "La maison", phone="05 61 00 00 00", opening_hours="Mo-We 09:00-12:30; PH off"
    )
    terms = {"themes": ["mobilite--preparer-un-permis"], "publics": ["jeunes"]}
    made = {
        "alpha": alpha,
        "beta": beta,
        "actor": actor,
        "service": make_service(alpha, "Passer le permis", slug="permis", actor=actor, **terms),
        "event": make_event(alpha, HOSTILE, slug="forum-emploi", place=actor),
        "page": make_content_page(alpha, "Une page", slug="une-page", introduction="Bon."),
        "draft": make_content_page(alpha, "Un brouillon", slug="brouillon", published=False),
        "private": make_content_page(alpha, "Entre nous", slug="entre-nous"),
        "stranger": make_content_page(beta, "Chez beta", slug="chez-beta"),
    }
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=made["private"], restriction_type=login)
    english = made["event"].copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "The forum"
    english.save_revision().publish()
    made["english"] = english
    return made


@pytest.fixture
def fetch(world, db, client):
    def ask(path, host="alpha.localhost", status=200):
        response = client.get(path, headers={"host": host})
        assert response.status_code == status, path
        return response

    return ask


@pytest.fixture
def read(fetch):
    return lambda *args, **options: fetch(*args, **options).content.decode()
