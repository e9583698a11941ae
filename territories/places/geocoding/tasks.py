from django_tasks import task


@task()
def find_point_of(label: str, pk: int) -> bool:
    """Safe to run twice, and for a page that has been deleted meanwhile."""
    from .filling import find_point

    return find_point(label, pk)
