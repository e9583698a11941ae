from django.urls import path, re_path

from .calendars import views
from .poster import poster

app_name = "agenda"
urlpatterns = [
    path("agenda/calendrier.ics", views.feed, name="feed"),
    re_path(r"^agenda/(?P<slug>[-\w]+)\.ics$", views.event_feed, name="event_feed"),
    path("agenda/<slug:slug>/affiche/", poster, name="event_poster"),
]
