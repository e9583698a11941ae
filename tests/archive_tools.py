"""Territories with something of everything, and what tests of archives compare."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from agenda_factories import make_actor, make_event, place_of
from directory_factories import make_service
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from factories import home_of, make_content_page, make_page, make_territory
from PIL import Image as Picture
from sample_plugin.models import Pin
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Locale, Page, PageViewRestriction
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from agenda.models import DateChange, EventPartner
from resources_directory.models import ServicePage, ServicePlace
from territories.archive import form
from territories.archive.applying import carry_out
from territories.archive.checking import check_archive
from territories.archive.naming import own_media, pages_of
from territories.archive.planning import plan_import
from territories.archive.reading import open_archive
from territories.archive.writing import export_territory
from territories.models import ContentPage, Neighbourhood, Term, Territory
from territories.plugins.switching import switch_off
from territories.tenancy.rights import find_collection
from territories.tenancy.roles import group_prefix, role_group


def make_image(territory, title="Une vue", *, colour="teal", collection=None, **fields):
    data = io.BytesIO()
    Picture.new("RGB", (60, 40), colour).save(data, "PNG")
    return Image.objects.create(
        title=title,
        file=ContentFile(data.getvalue(), name=f"{title.lower().replace(' ', '-')}.png"),
        collection=collection or find_collection(territory),
        **fields,
    )


def make_document(territory, title="Un plan", content=b"%PDF-1.4 plan", collection=None):
    return Document.objects.create(
        title=title,
        file=ContentFile(content, name="plan.pdf"),
        collection=collection or find_collection(territory),
    )


def make_rich_territory(slug="alpha", **plan):
    """Something of everything that an archive takes along."""
    territory = make_territory(slug, name="Grand Alpha", town="Toulouse", **plan)
    folder = find_collection(territory).add_child(name="Comptes rendus")
    word = Term.objects.of("theme").first()
    image = make_image(
        territory, description="Une rue", focal_point_x=10, focal_point_y=12,
        focal_point_width=5, focal_point_height=5,
    )  # fmt: skip
    image.tags.add(word.label)
    shared = make_image(
        territory, "Pour tous", colour="red", collection=Collection.get_first_root_node()
    )
    document = make_document(territory, collection=folder)
    Territory.objects.filter(pk=territory.pk).update(
        tagline="Près de chez vous", logo=image, first_colour="#123456", contact_phone="05 61 00"
    )
    neighbourhood = Neighbourhood.objects.create(
        commune=territory.communes.first(), name="Bellefontaine", code="QN03107M", latitude=43.5
    )
    territory.neighbourhoods.add(neighbourhood)
    first = make_content_page(territory, title="La première", slug="premiere", show_in_menus=True)
    second = make_content_page(
        territory,
        title="La seconde",
        slug="seconde",
        body=[
            ("text", {"text": linked(first, document, image)}),
            ("image", {"image": image, "alt": "Une rue", "caption": ""}),
            ("image", {"image": shared, "alt": "Partagée", "caption": ""}),
            ("documents", {"title": "", "documents": [{"document": document, "label": "Plan"}]}),
            ("page_list", {"title": "", "pages": [first]}),
            ("greeting", {"name": "Nadia"}),
        ],
    )
    # The first leads to the second, which leads to the first.
    first.body = [("page_list", {"title": "Aussi", "pages": [second]})]
    first.save_revision().publish()
    first.title = "La première, revue"
    first.body = [("page_list", {"title": "Bientôt", "pages": [second, first]})]
    first.save_revision()
    below = make_page(second, ContentPage(title="Dessous", slug="dessous"), published=False)
    scheduled = make_content_page(territory, title="Demain", slug="demain", published=False)
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision(approved_go_live_at=scheduled.go_live_at)
    second.create_alias(parent=home_of(territory), update_slug="alias")
    private = make_content_page(territory, title="Entre nous", slug="entre-nous")
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(role_group(territory, "coordinator"))
    PageViewRestriction.objects.create(
        page=below, restriction_type=PageViewRestriction.PASSWORD, password="parole"
    )
    actor = make_actor(territory, title="Mission locale")
    event = make_event(
        territory,
        title="Forum",
        themes=[word.code],
        organiser=actor,
        place=actor,
        image=image,
        image_alt="La salle",
        aimed_at=[place_of(territory)],
        accessibility=["hi"],
        body=f'<p>Voir <a linktype="page" id="{first.pk}">la page</a>.</p>',
    )
    event.partners = [EventPartner(actor=make_actor(territory, title="Régie"), role="organiser")]
    # On two days, the second of which is cancelled.
    typed = event.dates.get()
    week_after = typed.start + timedelta(days=7)
    typed.repeat, typed.days = "list", [week_after.date().isoformat()]
    event.dates, event.changes = [typed], [DateChange(kind="cancelled", original=week_after)]
    event.save_revision().publish()
    make_service(
        territory,
        "Permanence",
        actor=actor,
        places=[
            ServicePlace(actor=actor, days=[{"day": "2026-12-10", "start": "09:00", "end": ""}]),
            ServicePlace(commune="Ifs", is_itinerant=True, note="Devant la mairie"),
        ],
    )
    Pin.objects.create(territory=territory, page=event, words="à voir")
    translate(second, image)
    switch_off(territory=territory, plugin="newsletter")
    territory.refresh_from_db()
    territory.forget_switches()
    return territory


def linked(page, document, image):
    return (
        f'<p>Lire <a linktype="page" id="{page.pk}">ceci</a>, <a linktype="document" '
        f'id="{document.pk}">le plan</a> &amp; <a href="https://example.org/?a=1&amp;b=2">là</a>.'
        f'</p><embed alt="Une rue" embedtype="image" format="left" id="{image.pk}"/>'
    )


def translate(page, image):
    """As an editor does with wagtail-localize: words in English, another image for it."""
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    title = String.objects.get(locale=page.locale, data=page.title)
    context = TranslationContext.objects.get(object=source.object, path="title")
    StringTranslation.objects.create(
        translation_of=title, locale=english, context=context, data="The second"
    )
    segment = source.overridablesegment_set.select_related("context").filter(
        context__path__contains="image"
    )
    SegmentOverride.objects.create(
        locale=english, context=segment[0].context, data_json=json.dumps(image.pk)
    )
    translation.save_target()
    page.get_translation(english).latest_revision.publish()


def export(territory, path: Path):
    *_steps, summary = export_territory(territory, path)
    return summary


def prepare(path: Path, **answers):
    """The checked plan of an import, while the archive is open."""
    with open_archive(path) as archive:
        return plan_import(archive, check_archive(archive).types, **answers)


def bring_in(path: Path, **answers):
    """Import an archive whole; returns the territory and the plan that was carried out."""
    with open_archive(path) as archive:
        plan = plan_import(archive, check_archive(archive).types, **answers)
        for _step in carry_out(plan):
            pass
    territory = Territory.objects.select_related("site").get(slug=plan.provisioning.slug)
    return territory, plan


def contents(path: Path):
    """All that an archive says, by member; files as their bytes, the day it was made left out."""
    found = {}
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            raw = file.read(name)
            if name.endswith(".jsonl"):
                found[name] = [json.loads(line) for line in raw.splitlines()]
            elif name == form.MANIFEST:
                manifest = json.loads(raw)
                found[name] = {key: manifest[key] for key in ("counts", "territory", "format")}
            else:
                found[name] = json.loads(raw) if name.endswith(".json") else raw
    return found


def erase(territory):
    """As if it had never been here: what a new installation knows of it is nothing."""
    Pin.objects.filter(territory=territory).delete()
    # A service keeps its actor from going.
    ServicePage.objects.filter(territory=territory).delete()
    site, collection = territory.site, find_collection(territory)
    for model in (Image, Document):
        own_media(model, collection).delete()
    Group.objects.filter(name__startswith=group_prefix(territory)).delete()
    keys = set(pages_of(territory).values_list("translation_key", flat=True))
    Territory.objects.filter(pk=territory.pk).update(logo=None)
    homes = [page.pk for page in pages_of(territory).filter(depth=2)]
    for model in apps.get_models():
        if issubclass(model, Page) and hasattr(model, "territory"):
            model.objects.filter(territory=territory).update(territory=None)
    territory.delete()
    site.delete()
    for home in homes:
        Page.objects.get(pk=home).delete()
    apps.get_model("wagtail_localize", "TranslatableObject").objects.filter(pk__in=keys).delete()
    Collection.objects.get(pk=collection.pk).delete()


def every_row():
    """Every row of every table, by table and primary key: what a stranger would compare."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = {repr(row[0]): row for row in cursor.fetchall()}
    return found


def is_only_placed(before, after):
    """Collections stand in the order of their names: a new one moves those after it on."""
    return after is not None and (before[0], before[2], before[4]) == (after[0], after[2], after[4])


def changed(before, after):
    """The rows of `before` that are gone or different, counts of children of the roots aside."""
    return {
        (table, key): (row, after.get(table, {}).get(key))
        for table, rows in before.items()
        for key, row in rows.items()
        if after.get(table, {}).get(key) != row
        and not (table == "wagtailcore_page" and row[2] == 1)
        and not (table == "wagtailcore_collection" and is_only_placed(row, after[table].get(key)))
        and not table.startswith(("sqlite_", "wagtailsearch", "modelsearch"))
    }
