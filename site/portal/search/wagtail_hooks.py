from wagtail import hooks

from .insight import admin as insight
from .menu import search_item
from .promoted.admin import PromotionViewSet
from .vocabulary.admin import SynonymViewSet


@hooks.register("register_admin_menu_item")
def search_menu_item():
    return search_item()


@hooks.register("register_admin_urls")
def unmet_urls():
    return insight.URLS


@hooks.register("register_search_menu_item")
def unmet_menu_item():
    return insight.unmet_item()


@hooks.register("register_admin_viewset")
def synonym_viewset():
    return SynonymViewSet("search_synonyms")


@hooks.register("register_admin_viewset")
def promotion_viewset():
    return PromotionViewSet("search_promotions")
