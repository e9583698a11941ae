from django.db import models


class DemoState(models.Model):
    """What was loaded last, so that a second start does nothing and a new day moves the dates."""

    loaded_on = models.DateField()
    port = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.loaded_on}"
