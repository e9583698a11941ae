from django.urls import path

from . import views

app_name = "video"
urlpatterns = [path("video/<str:token>/", views.watch, name="watch")]
