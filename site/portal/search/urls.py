from django.urls import path

from . import views
from .alerts.views import AlertsView, AskView, ConfirmView
from .api import guide
from .api import views as json_api
from .insight.views import told

app_name = "portal_search"
urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/suggestions/", views.suggest, name="suggestions"),
    path("recherche/api/", guide.page, name="api"),
    path("recherche/suite/", told, name="told"),
    path("recherche/alerte/", AskView.as_view(), name="alert"),
    path("recherche/alerte/<str:token>/", ConfirmView.as_view(), name="alert_confirm"),
    path("recherche/alertes/<str:token>/", AlertsView.as_view(), name="alerts"),
]

# Included under /api/. With or without the last slash: another site's browser follows no redirect.
api = (
    [
        path("v1/openapi.json", json_api.describe, name="openapi"),
        path("v1/search/", json_api.search, name="search"),
        path("v1/search", json_api.search),
        path("v1/search/suggestions/", json_api.suggest, name="suggestions"),
        path("v1/search/suggestions", json_api.suggest),
        path("", json_api.not_found),
        path("<path:rest>", json_api.not_found),
    ],
    "search_api",
)
