from django_tasks import task


@task()
def index_documents() -> int:
    """Read again whatever has changed. Safe to run twice, and beside another one."""
    from .indexing import index_waiting

    return index_waiting()
