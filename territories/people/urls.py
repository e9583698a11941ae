"""Addresses of the admin for whoever is not inside yet. Those inside come with Wagtail's hooks."""

from django.urls import path

from .accepting import AcceptView

urlpatterns = [
    path("invitation/<str:token>/", AcceptView.as_view(), name="people_accept"),
]
