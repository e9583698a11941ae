from territories.plugins.contributions import Proposable

from .models import NoticePage

PROPOSABLES = [
    Proposable(
        "sample_plugin.NoticePage",
        ("title", "summary"),
        lambda user: NoticePage.objects.filter(owner=user),
    )
]
