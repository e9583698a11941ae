from django_tasks import task


@task(priority=10)  # before Wagtail’s own, which nobody waits for
def index_documents() -> int:
    """Read again whatever has changed. Safe to run twice, and beside another one."""
    from .indexing import index_waiting

    return index_waiting()
