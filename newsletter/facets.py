from django.db.models import DateField
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from territories.pages.years import year_facet

# As `LetterQuerySet.dated` has it.
SENT = Coalesce("sent_on", TruncDate("first_published_at"), output_field=DateField())

FACETS = [year_facet(_("Quelle année ?"), on="newsletter.NewsletterPage", date=SENT, order=10)]
