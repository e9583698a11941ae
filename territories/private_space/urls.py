from django.urls import path

from . import views

app_name = "private_space"
urlpatterns = [
    path("espace-pro/connexion/", views.log_in, name="log_in"),
    path("espace-pro/deconnexion/", views.log_out, name="log_out"),
]
