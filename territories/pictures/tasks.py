from django_tasks import task
from wagtail.images import get_image_model

from .making import make_renditions


@task(priority=-10)  # after the mail and the search: a page waits for nothing else
def make_renditions_of(pk: int) -> bool:
    """Safe to run twice, and for an image that has been deleted meanwhile."""
    image = get_image_model().objects.filter(pk=pk).first()
    return image is not None and make_renditions(image)
