from django.http import HttpResponse
from django.urls import path

app_name = "sample_plugin"
urlpatterns = [path("annonces/fil.txt", lambda request: HttpResponse("fil"), name="feed")]
