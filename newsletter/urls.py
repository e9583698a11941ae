"""What readers open, beside the letters' pages, on the hosts of territories.

A word alone under `/lettres/` could be a letter's: `FIRST_WORDS` are no letter's. A token holds a
`~`, which no page's address does.
"""

from django.urls import path

from .bounces.providers import ProviderView
from .counting.following import follow
from .rendering.feed import feed
from .subscribing.addresses import FIRST_WORDS
from .subscribing.views import (
    AddressView,
    ChoicesView,
    ConfirmView,
    LeaveView,
    StayView,
    SubscribeView,
)

app_name = "newsletter"
subscribe, choices, leave, stay, address, back = FIRST_WORDS
urlpatterns = [
    path("lettres/lettres.rss", feed, name="rss"),
    path("lettres/lien/<str:token>/", follow, name="follow"),
    path(f"lettres/{subscribe}/", SubscribeView.as_view(), name="subscribe"),
    path(f"lettres/{subscribe}/<str:token>/", ConfirmView.as_view(), name="confirm"),
    path(f"lettres/{choices}/<str:token>/", ChoicesView.as_view(), name="choices"),
    path(f"lettres/{leave}/<str:token>/", LeaveView.as_view(), name="leave"),
    path(f"lettres/{stay}/<str:token>/", StayView.as_view(), name="stay"),
    path(f"lettres/{address}/<str:token>/", AddressView.as_view(), name="address"),
    path(f"lettres/{back}/<str:token>/", ProviderView.as_view(), name="provider"),
]
