from django.urls import path, re_path

from .calendars import views
from .lists.views import places_geojson
from .poster.views import poster, poster_pdf, poster_svg
from .registration.views import CancelView

app_name = "agenda"
urlpatterns = [
    path("agenda/calendrier.ics", views.calendar, name="calendar"),
    path("agenda/calendrier.rss", views.feed, name="rss"),
    path("agenda/calendrier.json", views.export, name="json"),
    path("agenda/calendrier.csv", views.spreadsheet, name="csv"),
    re_path(r"^agenda/(?P<slug>[-\w]+)\.ics$", views.event_calendar, name="event_feed"),
    path("agenda/lieux.geojson", places_geojson, name="places"),
    path("agenda/<slug:slug>/affiche/", poster, name="event_poster"),
    re_path(
        r"^agenda/(?P<slug>[-\w]+)/affiche-(?P<size>a4|a5)\.pdf$", poster_pdf, name="poster_pdf"
    ),
    re_path(r"^agenda/(?P<slug>[-\w]+)/affiche\.svg$", poster_svg, name="poster_svg"),
    path("inscriptions/<str:token>/", CancelView.as_view(), name="cancel_registration"),
]
