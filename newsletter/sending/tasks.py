from django_tasks import task


@task(priority=-10)  # after whatever somebody waits for
def send_slice(pk: int, ticket: str) -> None:
    from .slices import send

    send(pk, ticket)
