from django.urls import path

from . import views

# The page, in each language; what it leads to has none.
app_name = "open_data"
urlpatterns = [path("open-data/", views.index, name="index")]
