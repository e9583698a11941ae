from django.urls import path

from .start_views import StartSomewhereView, StartView
from .views import FillView, SaveAsTemplateView

URLS = [
    path("newsletter/new/", StartSomewhereView.as_view(), name="newsletter_start_somewhere"),
    path("newsletter/<int:index_id>/new/", StartView.as_view(), name="newsletter_start"),
    path("newsletter/<int:page_id>/fill/", FillView.as_view(), name="newsletter_fill"),
    path(
        "newsletter/<int:page_id>/template/",
        SaveAsTemplateView.as_view(),
        name="newsletter_template",
    ),
]
