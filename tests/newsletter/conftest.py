import pytest
from factories import make_page, make_territory

from newsletter.models import NewsletterIndexPage, NewsletterPage


@pytest.fixture
def territory(db):
    territory = make_territory("alpha", name="Alpha")
    territory.first_colour, territory.second_colour = "#5A2A86", "#F08A6C"
    territory.contact_name, territory.contact_phone = "Nadia", "05 36 49 12 00"
    territory.contact_email = "alpha@example.org"
    territory.save()
    return territory


@pytest.fixture
def make_letter():
    def make(territory, title="La lettre du lundi", **fields):
        published = fields.pop("published", True)
        index = NewsletterIndexPage.objects.in_territory(territory).records().get()
        return make_page(index, NewsletterPage(title=title, **fields), published=published)

    return make
