from django.utils.translation import gettext_lazy as _

from territories.pages.years import year_facet

from .models.letters import DAY

FACETS = [year_facet(_("Quelle année ?"), on="newsletter.NewsletterPage", date=DAY, order=10)]
