from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "portal_home"
