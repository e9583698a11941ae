from django.urls import path

from . import api as json_api
from . import views
from .insight.views import told

app_name = "portal_search"
urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/suggestions/", views.suggest, name="suggestions"),
    path("recherche/suite/", told, name="told"),
]

# Included under /api/v1/.
api = (
    [
        path("search/", json_api.search, name="search"),
        path("search/suggestions/", json_api.suggest, name="suggestions"),
        path("search/<path:rest>", json_api.not_found),
    ],
    "search_api",
)
