"""`/label/<number>/`: what anybody checks; the badge, the code and the register."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from label_factories import expire

from agenda.poster.content import poster_of_event
from labelling.applying.beginning import begin_application
from labelling.labels.granting import withdraw_label
from labelling.labels.public import is_number
from labelling.models import Label, Opinion
from territories.pages.translations import in_language
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db


def page_of(label):
    return f"/label/{label.number}/"


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


class TestPage:
    def test_a_label_in_force_says_what_for_how_long_by_whom_and_what_was_checked(
        self, alpha, give, get, mandatory, optional
    ):
        event = make_event(alpha, "Le forum & vous")
        label = give(event, optional[2])
        html = get(page_of(label))
        words = plain(html)
        assert "Ce label est valable." in words and f"Label n° {label.number}" in words
        assert "Situation à" in words and "à l’instant" not in words
        assert f'<a href="/agenda/{event.slug}/">Le forum &amp; vous</a>' in html
        assert "La coordination du territoire" in words
        assert f"Grille nationale, version {label.grid.version}" in words
        day = date_format(label.granted_on, "j F Y")
        assert f"La Cité de l’emploi Alpha l’a vérifié avant de le donner, le {day}." in words
        for one in [*mandatory, optional[2]]:
            assert one.name in html
        assert optional[3].name not in html
        assert f"/agenda/{event.slug}/affiche/" in html
        assert "csrf" not in html and " style=" not in html

    def test_the_committee_is_counted_and_only_the_organisation_is_named(self, alpha, give, get):
        action = make_action(alpha)
        asked = begin_application(
            territory=alpha,
            subject="action",
            title="",
            page=action,
            language="fr",
            organisation="Tremplin",
            contact_name="Nadia Secret",
            email="nadia@example.org",
        )
        Opinion.objects.bulk_create(
            Opinion(application=asked, verdict="for", has_conflict=number == 0, signed="Secret")
            for number in range(4)
        )
        label = give(action, application=asked)
        html = get(page_of(label))
        assert "Un comité de 3 personnes" in plain(html) and "Tremplin" in html
        assert "Secret" not in html and "nadia" not in html
        type(asked).objects.update(organisation="")
        assert "Demandé par" not in get(page_of(label))

    def test_expired_and_withdrawn_say_since_when_and_keep_the_reason_to_themselves(
        self, alpha, give, get
    ):
        expired, withdrawn = give(make_event(alpha, "Un")), give(make_actor(alpha, "Deux"))
        expire(expired)
        withdraw_label(label=withdrawn, reasons="Entrée devenue payante.")
        assert "Ce label a expiré." in plain(get(page_of(expired)))
        html = get(page_of(withdrawn))
        assert "Ce label a été retiré." in plain(html) and "payante" not in html
        for over in (expired, withdrawn):
            html = get(page_of(over))
            assert "est valable" not in html and "Télécharger le badge" not in html

    def test_former_and_next_lead_to_each_other(self, alpha, give, get):
        place = make_actor(alpha)
        former = give(place)
        expire(former)
        former.refresh_from_db()
        later = give(place, renews=former)
        assert f'href="{page_of(former)}"' in get(page_of(later))
        assert f'href="{page_of(later)}"' in get(page_of(former))

    def test_machines_read_a_certification(self, alpha, give, get):
        label = give(make_event(alpha, "</script> piège"))
        html = get(page_of(label))
        [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        said = json.loads(found)
        assert said["@type"] == "Certification"
        assert said["certificationIdentification"] == label.number
        assert said["certificationStatus"] == "https://schema.org/CertificationActive"
        assert said["url"] == f"http://alpha.localhost/label/{label.number}/"
        assert said["about"]["name"] == "</script> piège"
        withdraw_label(label=label, reasons="Erreur.")
        assert "CertificationInactive" in get(page_of(label))

    def test_an_unknown_number_gets_a_kind_word_and_the_register(self, alpha, get):
        for number in ("A-2026-999", "GM-1", "a-1-b"):
            html = get(f"/label/{number}/", status=404)
            assert "Nous ne trouvons pas ce label." in html and "/label/registre/" in html
        for nonsense in ("%00-1", "-1-", "x" * 3000, "é-1", "..", "1;DROP"):
            get(f"/label/{nonsense}/", status=404)

    def test_what_is_not_published_or_whose_plugin_is_closed_is_unknown(self, alpha, give, get):
        draft, action = make_event(alpha, published=False), make_action(alpha)
        labels = [give(draft), give(action)]
        get(page_of(labels[0]), status=404)
        get(page_of(labels[1]))
        switch_off(territory=alpha, plugin="cooperation")
        get(page_of(labels[1]), status=404)
        switch_off(territory=alpha, plugin="labelling")
        get(page_of(labels[1]), status=404)
        get(page_of(labels[1]), "localhost", status=404)

    def test_a_number_is_found_however_it_is_typed_on_the_host_of_who_gave_it(
        self, alpha, beta, give, client
    ):
        label = give(make_event(alpha, "Le forum"))

        def ask(address, host):
            return client.get(address, headers={"host": host})

        assert ask(page_of(label).lower(), "alpha.localhost").url == page_of(label)
        for name in ("", "badge.svg", "code.svg"):
            away = ask(f"{page_of(label)}{name}", "beta.localhost")
            assert away.status_code == 302
            assert away.url == f"http://alpha.localhost{page_of(label)}{name}"
            assert ask(f"{page_of(label)}{name}", "localhost").status_code == 200
        html = ask(page_of(label), "localhost").content.decode()
        assert f'rel="canonical" href="http://alpha.localhost{page_of(label)}"' in html

    def test_the_words_under_label_are_no_numbers(self):
        for word in ("registre", "demander", "bilan", "chiffres", "mode-d-emploi", "2026", "a-"):
            assert not is_number(word), word
        for number in ("GM-2026-001", "PAPIER-7", "gm-2026-1"):
            assert is_number(number)


class TestDrawings:
    def drawn(self, client, label, name="badge"):
        response = client.get(f"{page_of(label)}{name}.svg", headers={"host": "alpha.localhost"})
        assert response.status_code == 200 and response["Content-Type"] == "image/svg+xml"
        return response, ElementTree.fromstring(response.content)  # noqa: S314  # ours

    def test_the_badge_names_the_territory_needs_no_font_and_leads_nowhere(
        self, client, alpha, give
    ):
        label = give(make_event(alpha))
        response, svg = self.drawn(client, label)
        title = svg.find("{http://www.w3.org/2000/svg}title").text
        assert alpha.name in title and label.number in title and "valable" in title
        assert svg.find(".//{http://www.w3.org/2000/svg}text") is None
        assert b"http" not in response.content.replace(b"http://www.w3.org/2000/svg", b"")
        assert "max-age=900" in response["Cache-Control"]
        assert len(response.content) < 40_000

    def test_the_badge_of_a_label_that_is_over_says_so(self, client, alpha, give):
        label = give(make_event(alpha))
        before = self.drawn(client, label)[0].content
        withdraw_label(label=label, reasons="Erreur.")
        response, svg = self.drawn(client, label)
        assert "retiré" in svg.find("{http://www.w3.org/2000/svg}title").text
        assert response.content != before

    def test_the_code_is_a_drawing_too(self, client, alpha, give):
        self.drawn(client, give(make_event(alpha)), "code")

    def test_the_lines_to_copy_show_the_badge_and_lead_to_the_page(self, alpha, give, get):
        label = give(make_event(alpha))
        html = get(page_of(label))
        address = f"http://alpha.localhost{page_of(label)}"
        assert f"&lt;a href=&quot;{address}&quot;&gt;" in html
        assert f"src=&quot;{address}badge.svg&quot;" in html


class TestRegister:
    def test_a_territory_shows_its_own_and_the_portal_all(self, alpha, beta, give, get):
        give(make_event(alpha, "Le forum"))
        give(make_actor(beta, "Chez Bêta"))
        html = get("/label/registre/")
        assert "Le forum" in html and "Chez Bêta" not in html
        html = get("/label/registre/", "localhost")
        assert "Le forum" in html and "Chez Bêta" in html

    def test_it_is_searched_by_number_or_by_name(self, alpha, give, get):
        forum, place = give(make_event(alpha, "Le forum")), give(make_actor(alpha, "Le centre"))
        for asked in ("forum", forum.number, f"{forum.number.lower()} FORUM"):
            html = get(f"/label/registre/?q={asked}")
            assert forum.number in html and place.number not in html
        assert "Aucun label ne porte" in get("/label/registre/?q=rien")
        for nonsense in ("%00", "x" * 3000, "%", "&page=abc", "&page=-1", "&page=99999999999"):
            get(f"/label/registre/?q={nonsense}")

    def test_pages_cost_the_same_for_few_and_for_many(self, client, alpha, give):
        def count(address):
            client.get(address, headers={"host": "alpha.localhost"})
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address, headers={"host": "alpha.localhost"}).status_code == 200
            return len(captured)

        label = give(make_event(alpha, "Le forum"))
        addresses = ("/label/registre/", page_of(label), f"/en{page_of(label)}")
        few = [count(address) for address in addresses]
        for number in range(5):
            give(make_actor(alpha, f"Lieu {number}"))
        assert [count(address) for address in addresses] == few
        assert max(few) <= 15


def test_the_state_is_that_of_the_day(alpha, give, get):
    label = give(make_actor(alpha))
    tomorrow = timezone.localdate() + timedelta(days=1)
    Label.objects.filter(pk=label.pk).update(starts_on=tomorrow)
    assert "pas encore valable" in get(page_of(label))


def test_the_poster_of_a_labelled_event_has_the_code_of_its_label(client, alpha, give, get):
    event = make_event(alpha, "Le forum")
    poster = f"/agenda/{event.slug}/affiche/"
    assert get(poster).count('class="code"') == 1
    label = give(event)
    html = get(poster)
    assert html.count('class="code"') == 2
    assert f"alpha.localhost{page_of(label).rstrip('/')}<" in html.split('class="proof"')[1]
    drawing = client.get(f"/agenda/{event.slug}/affiche.svg", headers={"host": "alpha.localhost"})
    assert drawing.status_code == 200
    request = RequestFactory(headers={"host": "alpha.localhost"}).get("/")
    request.territory = alpha
    [event] = in_language([event], "fr")
    assert poster_of_event(event, request).proof == f"http://alpha.localhost{page_of(label)}"
