from wagtail import hooks

from .menu import search_item
from .promoted.admin import PromotionViewSet
from .vocabulary.admin import SynonymViewSet


@hooks.register("register_admin_menu_item")
def search_menu_item():
    return search_item()


@hooks.register("register_admin_viewset")
def synonym_viewset():
    return SynonymViewSet("search_synonyms")


@hooks.register("register_admin_viewset")
def promotion_viewset():
    return PromotionViewSet("search_promotions")
