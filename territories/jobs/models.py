from django.db import models


class JobRun(models.Model):
    """When a scheduled job last began; several workers may ask, one gets the turn."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
