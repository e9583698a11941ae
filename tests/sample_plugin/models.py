from django.db import models
from wagtail.admin.panels import FieldPanel

from territories.pages.base import TerritoryPage


class NoticePage(TerritoryPage):
    summary = models.CharField(max_length=200, blank=True)

    content_panels = [*TerritoryPage.content_panels, FieldPanel("summary")]
    template = "sample_plugin/notice_page.html"


class Pin(models.Model):
    """A note pinned on a page: what the sample's mark, part and dataset rest on."""

    territory = models.ForeignKey("territories.Territory", models.CASCADE)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    words = models.CharField(max_length=50)
