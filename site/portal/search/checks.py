from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from .engines import engine


@register
def check_search_url(app_configs, **kwargs) -> list[CheckMessage]:
    try:
        engine()
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="Leave SEARCH_URL empty: the database then answers the public search.",
                id="portal_search.E001",
            )
        ]
    return []
