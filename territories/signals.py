from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

from .pages.base import TerritoryPage
from .private_space.moving import close_before_it_moves


@receiver(pre_page_move)
def close_what_leaves_a_private_place(
    sender, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs
) -> None:
    close_before_it_moves(page=instance, before=parent_page_before, after=parent_page_after)


@receiver(post_page_move)
def follow_the_new_territory(sender, instance: Page, **kwargs) -> None:
    """A branch moved under another home belongs to that home's territory, all of it."""
    page = instance.specific
    if not isinstance(page, TerritoryPage):
        return
    territory_id = page.find_territory_id()
    for model in page_types():
        model.objects.filter(path__startswith=page.path).exclude(territory=territory_id).update(
            territory=territory_id
        )


def page_types() -> list[type[TerritoryPage]]:
    """Every concrete page type that belongs to a territory."""
    found, waiting = [], [TerritoryPage]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return found
