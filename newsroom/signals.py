from django.db import transaction
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver

from .models import Consent


def forget_file(scan) -> None:
    if scan:
        storage, name = scan.storage, scan.name
        transaction.on_commit(lambda: storage.delete(name))


@receiver(post_delete, sender=Consent)
def forget_the_scan(sender, instance: Consent, **kwargs) -> None:
    """A deleted story takes the paper along, wherever it was deleted from."""
    forget_file(instance.scan)


@receiver(pre_save, sender=Consent)
def forget_the_replaced_scan(sender, instance: Consent, raw=False, **kwargs) -> None:
    before = None if raw or not instance.pk else Consent.objects.filter(pk=instance.pk).first()
    if before and before.scan and before.scan.name != instance.scan.name:
        forget_file(before.scan)
