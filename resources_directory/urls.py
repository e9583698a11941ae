from django.urls import path

from . import views

app_name = "resources_directory"
urlpatterns = [path("carte/acteurs.geojson", views.actors_geojson, name="actors")]
