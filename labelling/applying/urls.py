from django.urls import path

from . import views

APPLYING = [
    path("label/demander/", views.apply, name="apply"),
    path("label/demander/<str:token>/", views.ApplicationView.as_view(), name="application"),
]
