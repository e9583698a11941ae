from django.urls import path

from .appearance.views import theme, themes
from .discovery.views import robots, sitemap_of_language, sitemaps
from .health import healthz
from .open_data import views as open_data
from .proposals.views import links
from .sharing.views import picture

app_name = "territories"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps, name="sitemaps"),
    path("sitemap-<slug:language>.xml", sitemap_of_language, name="sitemap"),
    path("apparence/toutes/<slug:fingerprint>.css", themes, name="themes"),
    path("apparence/<slug:slug>.<slug:fingerprint>.css", theme, name="theme"),
    path("partage/<int:pk>-<slug:fingerprint>.png", picture, name="picture"),
    path("proposer/envoye/", links.proposed, name="proposed"),
    path("proposer/<str:token>/", links.OfferByLinkView.as_view(), name="propose"),
    path("open-data/<slug:name>.<slug:extension>", open_data.dataset, name="dataset"),
]
