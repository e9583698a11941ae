"""The admin's home page: what waits for the person, and nothing of a stranger's."""

import re
from datetime import timedelta

import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import make_content_page, make_member, make_territory
from wagtail.models import Page, PageLogEntry

from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid, Label
from resources_directory.models import ServicePage
from territories.legal.facts import NEEDED
from territories.models import LegalFacts, Territory
from territories.plugins.switching import switch_off
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def home(client):
    def visit(user) -> str:
        client.force_login(user)
        answer = client.get(reverse("wagtailadmin_home"), headers=HOST)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return visit


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def steps(shown: str) -> dict[str, bool]:
    """The first steps and whether each is done."""
    section = shown.partition("Pour commencer")[2].partition("</ul>")[0]
    found = re.findall(r"<li.*?</li>", section)
    return {
        re.sub(r"<.*?>", "", item).replace("c’est fait", "").replace("reste à faire", "").strip(): (
            "c’est fait" in item
        )
        for item in found
    }


def age(page, days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=then)


def test_a_new_coordinator_sees_the_first_steps_and_they_are_ticked_one_by_one(alpha, home):
    user = make_member(alpha)
    first = steps(home(user))
    assert list(first) == [
        "Choisir le logo et les couleurs",
        "Compléter les informations légales",
        "Annoncer un premier rendez-vous",
        "Présenter un premier acteur",
        "Inviter un ou une collègue",
    ]
    assert not any(first.values())
    Territory.objects.filter(pk=alpha.pk).update(first_colour="#5A2A86")
    make_event(alpha, "Le forum")
    make_member(alpha, "editor")
    done = [step for step, is_done in steps(home(user)).items() if is_done]
    assert done == [
        "Choisir le logo et les couleurs",
        "Annoncer un premier rendez-vous",
        "Inviter un ou une collègue",
    ]
    make_actor(alpha, "Une association")
    names = {name: "Quelqu’un" for name in NEEDED if "email" not in name}
    LegalFacts.objects.create(
        territory=alpha,
        **names,
        data_email="donnees@example.org",
        accessibility_email="acces@example.org",
    )
    assert "Pour commencer" not in home(user)


def test_shortcuts_lead_to_forms_that_open(alpha, home, client):
    shown = home(make_member(alpha))
    section = shown.partition('id="bureau-alpha"')[2].partition("</section>")[0]
    buttons = re.findall(r'<a class="button[^"]*" href="([^"]+)">(.*?)</a>', section)
    shortcuts = {label: url for url, label in buttons}
    assert list(shortcuts) == [
        "Annoncer un rendez-vous",
        "Ajouter un service",
        "Ajouter un acteur",
        "Présenter une action",
        "Écrire une lettre",
        "Écrire une actualité",
        "Écrire une fiche action",
        "Inviter un ou une collègue",
        "Voir le site",
    ]
    assert shortcuts.pop("Voir le site") == f"{alpha.root_url}/"
    for label, url in shortcuts.items():
        assert client.get(url, headers=HOST).status_code == 200, label


def test_an_editor_has_the_shortcuts_and_not_what_the_coordination_does(alpha, home):
    shown = home(make_member(alpha, "editor"))
    assert "Annoncer un rendez-vous" in shown
    assert "Pour commencer" not in shown and "collègue" not in shown


def test_what_a_closed_plugin_counts_and_adds_is_gone(alpha, home):
    switch_off(territory=alpha, plugin="newsletter")
    shown = home(make_member(alpha))
    assert "Écrire une lettre" not in shown and "lettres publiées" not in shown


def test_figures_are_those_of_ones_own_territories(alpha, home):
    beta = make_territory("beta")
    make_event(alpha, "Le forum")
    make_event(alpha, "Un brouillon", published=False)
    for number in range(3):
        make_event(beta, f"Chez Beta {number}", slug=f"beta-{number}")
    user = make_member(alpha)

    def numbers(slug: str) -> list[str]:
        section = home(user).partition(f'id="bureau-{slug}"')[2].partition("</section>")[0]
        return re.findall(r'<span class="w-font-bold">(\d+)</span> rendez-vous', section)

    assert numbers("alpha") == ["1"]
    assert "Beta" not in home(user)
    user.groups.add(role_group(beta, "editor"))
    assert (numbers("alpha"), numbers("beta")) == (["1"], ["3"])


def test_what_was_submitted_shows_to_its_coordination_and_to_its_author(alpha, home):
    beta = make_territory("beta")
    editor = make_member(alpha, "editor")
    page = make_content_page(alpha, "Le forum", published=False)
    state = page.get_workflow().start(page, editor)
    shown = home(make_member(alpha))
    assert "À relire" in shown and edit(page) in shown and editor.username in shown
    assert "en relecture" in home(editor)
    for stranger in (make_member(beta), make_member(beta, "editor")):
        assert "Le forum" not in home(stranger) and "À relire" not in home(stranger)
    state.current_task_state.reject(user=make_member(alpha, username="other"), comment="Non")
    assert "à reprendre" in home(editor)


def test_who_has_left_a_territory_reads_nothing_of_it(alpha, home):
    beta = make_territory("beta")
    user = make_member(alpha, "editor")
    page = make_content_page(alpha, "Le forum", published=False)
    page.owner = user
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save()
    page.get_workflow().start(page, user)
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=user)
    assert "Le forum" in home(user)
    user.groups.set([role_group(beta, "editor")])
    assert "Le forum" not in home(User.objects.get(pk=user.pk))


def test_a_draft_left_for_a_month_is_said_to_whoever_may_publish_it(alpha, home):
    beta = make_territory("beta")
    old, recent, other = (
        make_content_page(territory, title, published=False)
        for territory, title in ((alpha, "Vieux"), (alpha, "Neuf"), (beta, "Ailleurs"))
    )
    age(old, 40)
    age(recent, 10)
    age(other, 40)
    shown = home(make_member(alpha)).partition("Brouillons laissés de côté")[2]
    assert edit(old) in shown and edit(recent) not in shown and edit(other) not in shown
    assert "Brouillons" not in home(make_member(alpha, "editor"))


def test_sheets_that_nobody_confirmed_for_a_year_are_said(alpha, home):
    beta = make_territory("beta")
    old = timezone.localdate() - timedelta(days=400)
    mine, theirs = make_service(alpha, "Chez nous"), make_service(beta, "Chez eux")
    make_service(alpha, "Confirmé hier")
    ServicePage.objects.filter(pk__in=[mine.pk, theirs.pk]).update(confirmed_on=old)
    shown = home(make_member(alpha)).partition("Fiches à vérifier")[2]
    assert "Chez nous" in shown
    assert "Chez eux" not in shown and "Confirmé hier" not in shown


def test_a_label_that_ends_soon_is_said(alpha, home):
    grid = CriteriaGrid.objects.current()
    event = make_event(alpha, "Le forum")
    grant_label(page=event, grid=grid, criteria=grid.criteria.all())
    user = make_member(alpha)
    Label.objects.update(expires_on=timezone.localdate() + timedelta(days=60))
    assert "bientôt fini" not in home(user)
    Label.objects.update(expires_on=timezone.localdate() + timedelta(days=3))
    assert "bientôt fini" in home(user)


def test_wagtails_count_of_all_pages_is_left_out(alpha, home):
    user = make_member(alpha)
    user.groups.add(role_group(make_territory("beta"), "editor"))
    assert "w-summary__list" in home(user) and "Récapitulatif du site" not in home(user)


@pytest.mark.parametrize("role", ["label-reviewer", "newsletter-editor"])
def test_the_other_roles_have_a_home_page_too(alpha, home, role):
    assert "Pour commencer" not in home(make_member(alpha, role))


def test_the_national_team_has_one_without_the_territories(alpha, home):
    assert "Pour commencer" not in home(make_member(None, "team", username="team"))


def test_it_costs_the_same_for_many_things_and_many_territories(alpha, client):
    grid = CriteriaGrid.objects.current()
    editor, user = make_member(alpha, "editor"), make_member(alpha)
    old = timezone.localdate() - timedelta(days=400)

    def fill(ranks: range) -> None:
        for rank in ranks:
            event = make_event(alpha, f"Forum {rank}", slug=f"forum-{rank}")
            grant_label(page=event, grid=grid, criteria=grid.criteria.all())
            sheet = make_service(alpha, f"Service {rank}")
            ServicePage.objects.filter(pk=sheet.pk).update(confirmed_on=old)
            page = make_content_page(alpha, f"Page {rank}", published=False)
            page.get_workflow().start(page, editor)
            age(make_content_page(alpha, f"Brouillon {rank}", published=False), 50)

    def cost(who) -> int:
        client.force_login(who)
        client.get(reverse("wagtailadmin_home"), headers=HOST)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("wagtailadmin_home"), headers=HOST)
        return len(captured)

    fill(range(2))
    few = [cost(user), cost(editor)]
    fill(range(2, 14))
    for slug in ("beta", "gamma", "delta"):
        make_content_page(make_territory(slug), "Ailleurs", published=False)
    assert [cost(user), cost(editor)] == few
    assert max(few) <= 54, few
