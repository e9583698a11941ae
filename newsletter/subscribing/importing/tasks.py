from django_tasks import task


@task(priority=-5)  # letters and invitations go first
def go_on(pk: int) -> None:
    """A slice, then the next one behind whatever waits meanwhile."""
    from newsletter.models import SubscriberFile

    from .applying import bring_slice

    if SubscriberFile.objects.filter(pk=pk).exists() and bring_slice(pk):
        go_on.enqueue(pk)
