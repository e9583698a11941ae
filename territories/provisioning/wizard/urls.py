from django.urls import path

from .runs import CorrectView, ResumeView, RunView, StateView
from .views import StartView, StepView, SummaryView

app_name = "provisioning"
urlpatterns = [
    path("", StartView.as_view(), name="start"),
    path("summary/", SummaryView.as_view(), name="summary"),
    path("step/<slug:step>/", StepView.as_view(), name="step"),
    path("<uuid:key>/", RunView.as_view(), name="run"),
    path("<uuid:key>/state/", StateView.as_view(), name="state"),
    path("<uuid:key>/resume/", ResumeView.as_view(), name="resume"),
    path("<uuid:key>/correct/", CorrectView.as_view(), name="correct"),
]
