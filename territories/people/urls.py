"""Addresses of the admin: of the menu « Équipe », and for whoever is not inside yet."""

from django.urls import path

from . import views
from .accepting import AcceptView
from .second_factor import views as second_factor

# They stand before Wagtail's own, which lets nobody in without a log-in.
urlpatterns = [
    path("invitation/<str:token>/", AcceptView.as_view(), name="people_accept"),
    path(
        "second-factor/reset/<str:token>/",
        second_factor.ResetView.as_view(),
        name="second_factor_reset",
    ),
]

# For whoever is logged in: they come with Wagtail's hook.
TEAM = "people/<slug:owner>/"
INVITATION = f"{TEAM}invitations/<uuid:invitation_id>/"
MEMBER = f"{TEAM}<int:user_id>/"
INSIDE = [
    path("people/", views.TeamsView.as_view(), name="people_teams"),
    path(TEAM, views.TeamView.as_view(), name="people_team"),
    path(f"{TEAM}invite/", views.InviteView.as_view(), name="people_invite"),
    path(f"{INVITATION}again/", views.SendAgainView.as_view(), name="people_send_again"),
    path(f"{INVITATION}withdraw/", views.WithdrawView.as_view(), name="people_withdraw"),
    path(f"{MEMBER}roles/", views.RolesView.as_view(), name="people_roles"),
    path(f"{MEMBER}remove/", views.RemoveView.as_view(), name="people_remove"),
    path(f"{MEMBER}hand-over/", views.HandOverView.as_view(), name="people_hand_over"),
    path(
        f"{MEMBER}second-factor/",
        views.AskForResetView.as_view(),
        name="people_second_factor",
    ),
    path("second-factor/", second_factor.StatusView.as_view(), name="second_factor"),
    path("second-factor/install/", second_factor.EnrolView.as_view(), name="second_factor_enrol"),
    path("second-factor/code/", second_factor.VerifyView.as_view(), name="second_factor_verify"),
    path("second-factor/rules/", second_factor.RulesView.as_view(), name="second_factor_rules"),
]
