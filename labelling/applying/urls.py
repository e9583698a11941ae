from django.urls import path

from . import address, steps, views

BY_LINK = "label/demander/<str:token>/"

# Tokens hold a `~`: none is taken for a word.
APPLYING = [
    path("label/demander/", views.ApplyView.as_view(), name="apply"),
    path("label/demander/nouvelle/", views.BeginView.as_view(), name="apply_begin"),
    path("label/demander/commencee/", views.BegunView.as_view(), name="apply_begun"),
    path("label/demander/abandonnee/", views.AbandonedView.as_view(), name="apply_abandoned"),
    path("label/demander/lien/", views.LinkView.as_view(), name="apply_link"),
    path(
        "label/demander/adresse/<str:token>/",
        address.AddressView.as_view(),
        name="application_address",
    ),
    path(BY_LINK, steps.ApplicationView.as_view(), name="application"),
    path(f"{BY_LINK}qui/", steps.DetailsView.as_view(), name="application_details"),
    path(f"{BY_LINK}<int:number>/", steps.StepView.as_view(), name="application_step"),
    path(f"{BY_LINK}aide/", steps.SupportView.as_view(), name="application_support"),
    path(f"{BY_LINK}verifier/", steps.CheckView.as_view(), name="application_check"),
    path(f"{BY_LINK}abandonner/", steps.AbandonView.as_view(), name="application_abandon"),
    path(
        f"{BY_LINK}preuves/<int:evidence_id>/",
        steps.EvidenceView.as_view(),
        name="application_evidence",
    ),
]
