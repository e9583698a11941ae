from django.urls import path

from . import views

app_name = "newsroom"
urlpatterns = [path("actualites/flux.xml", views.feed, name="feed")]
