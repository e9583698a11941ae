"""What tests of several rooms do to labels."""

from datetime import timedelta

from django.utils import timezone

from labelling.models import Label


def expire(*labels: Label) -> None:
    """As if they had been given a month ago, and had ended yesterday."""
    day = timezone.localdate()
    Label.objects.filter(pk__in=[label.pk for label in labels]).update(
        granted_on=day - timedelta(days=30),
        starts_on=day - timedelta(days=30),
        expires_on=day - timedelta(days=1),
    )
