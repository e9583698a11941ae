from django.apps import AppConfig


class StylesConfig(AppConfig):
    name = "portal.styles"
    label = "portal_styles"
