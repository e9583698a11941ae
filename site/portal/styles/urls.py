from django.urls import path

from .views import styles

app_name = "portal_styles"
urlpatterns = [path("styles/", styles, name="styles")]
