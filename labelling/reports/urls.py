from django.urls import path

from . import views

REPORTS = [
    path("label/bilan/<str:token>/", views.ReportView.as_view(), name="report"),
    path(
        "label/bilan/<str:token>/photo/<int:photo_id>/",
        views.PhotoView.as_view(),
        name="report_photo",
    ),
]
