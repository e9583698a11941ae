from django.urls import path

from . import api as json_api
from . import views

app_name = "portal_search"
urlpatterns = [path("recherche/", views.search, name="search")]

# Included under /api/v1/.
api = (
    [
        path("search/", json_api.search, name="search"),
        path("search/<path:rest>", json_api.not_found),
    ],
    "search_api",
)
