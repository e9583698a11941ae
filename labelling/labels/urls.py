from django.urls import path, re_path

from . import views
from .public import NUMBER

# After the words that others put under `/label/`: see `NUMBER`.
LABELS = [
    path("label/renouveler/<str:token>/", views.RenewView.as_view(), name="renew"),
    path("label/registre/", views.register, name="register"),
    re_path(rf"^label/(?P<number>{NUMBER})/$", views.label, name="label"),
    re_path(rf"^label/(?P<number>{NUMBER})/badge\.svg$", views.badge, name="badge"),
    re_path(rf"^label/(?P<number>{NUMBER})/code\.svg$", views.code, name="code"),
]
