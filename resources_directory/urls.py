from django.urls import path

from .maps import views

app_name = "resources_directory"
urlpatterns = [
    path("carte/acteurs.geojson", views.actors_geojson, name="actors"),
    path("carte/quartiers.geojson", views.quarters_geojson, name="quarters"),
]
