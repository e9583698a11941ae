"""News, stories and consents for tests, made as the editor would make them."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from factories import make_page

from newsroom.consents.rules import keep_consent
from newsroom.models import Consent, NewsIndexPage, NewsPage, StoryIndexPage, SuccessStoryPage
from territories.models import Term
from territories.provisioning.publishing import publish_unedited
from territories.territory import zone_of


def with_terms(page, fields):
    if "themes" in fields:
        page.themes = list(Term.objects.filter(code__in=fields.pop("themes")))
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def make_news(territory, title="Une nouvelle", *, published=True, day=None, **fields):
    """News of noon today, or of noon on `day`, on the territory's clock."""
    moment = (
        timezone.now()
        if day is None
        else datetime.combine(day, datetime.min.time().replace(hour=12), zone_of(territory))
    )
    page = with_terms(NewsPage(title=title, summary="Ça change.", date=moment), fields)
    return make_page(
        NewsIndexPage.objects.records().get(territory=territory), page, published=published
    )


def make_many_news(territory, ranks, **fields):
    """As a program makes them, without a revision: fifty cost what ten do."""
    index = NewsIndexPage.objects.records().get(territory=territory)
    for rank in ranks:
        moment = timezone.now() - timedelta(days=rank)
        page = NewsPage(title=f"Nouvelle {rank}", summary="Ça change.", date=moment)
        page.locale = index.locale
        publish_unedited(with_terms(page, dict(fields)), index)


def make_draft_story(territory, title="Le parcours de Samia", **fields):
    page = SuccessStoryPage(title=title, first_name="Samia", summary="Elle a trouvé sa voie.")
    parent = StoryIndexPage.objects.records().get(territory=territory)
    return make_page(parent, with_terms(page, fields), published=False)


def give_consent(story, *, user=None, days=365, **fields):
    """Signed a week ago, for a year, with the paper in a binder."""
    today = timezone.localdate()
    values = {
        "given_by": "Samia Zibeline",
        "given_on": today - timedelta(days=7),
        "ends_on": today + timedelta(days=days),
        "kept_by": "classeur vert",
        **fields,
    }
    consent = Consent(story=story, **values)
    keep_consent(consent=consent, user=user)
    return consent


def make_story(territory, title="Le parcours de Samia", *, consent=None, **fields):
    """A story on the site, with a consent that covers the picture."""
    story = make_draft_story(territory, title, **fields)
    give_consent(story, **{"covers_picture": True, **(consent or {})})
    story.get_latest_revision().publish()
    story.refresh_from_db()
    return story


def end_consent(story, on: date) -> None:
    """As time would: nobody is told."""
    Consent.objects.filter(story=story).update(ends_on=on, given_on=on - timedelta(days=30))
