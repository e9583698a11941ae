from django.urls import path

from .downloads import actors_list, services_list
from .maps import views
from .routes.views import route_gpx, route_places

app_name = "resources_directory"
urlpatterns = [
    path("carte/acteurs.geojson", views.actors_geojson, name="actors"),
    path("carte/liste.<slug:extension>", actors_list, name="actors_list"),
    path("carte/quartiers.geojson", views.quarters_geojson, name="quarters"),
    path("carte/<slug:slug>/parcours.gpx", route_gpx, name="route_gpx"),
    path("carte/<slug:slug>/parcours.geojson", route_places, name="route_places"),
    path("guide/aides.geojson", views.services_geojson, name="services"),
    path("guide/liste.<slug:extension>", services_list, name="services_list"),
]
