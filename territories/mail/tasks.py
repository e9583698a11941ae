from django_tasks import task


@task(priority=20)  # somebody waits for it
def deliver_mail(pk: int) -> bool:
    from .sending import deliver

    return deliver(pk)
