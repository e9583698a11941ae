from django.db import transaction
from django_tasks import task

from territories.models import Provisioning

from .create import carry_out


@task(priority=20)  # before the index of the search: somebody is watching
def make_territory(key: str) -> None:
    """Do what is left of a run. Safe to run twice, and beside another one."""
    carry_out(Provisioning.objects.get(pk=key))


def make_in_background(run: Provisioning) -> None:
    transaction.on_commit(lambda: make_territory.enqueue(str(run.pk)))
