"""The assembled website's addresses: the ground's, the plugins' own, then the page tree's."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.search import urls as search_urls
from portal.styles import urls as styles_urls
from portal.uploads import upload
from territories.plugins.registry import plugins

# Addresses with a dot must stand before wagtail.urls, which admits none.
plugin_urls = [
    path("", include(f"{config.name}.urls"))
    for config in plugins().values()
    if find_spec(f"{config.name}.urls")
]

urlpatterns = [
    # At some of Wagtail's own addresses: before them.
    path("admin/", include("territories.tenancy.urls")),
    path("admin/", include("territories.people.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("territories.urls")),
    path("api/", include(search_urls.api)),
]
if settings.SERVES_MEDIA:
    urlpatterns += [
        re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", upload),
    ]
urlpatterns += i18n_patterns(
    path("", include(search_urls)),
    path("", include(styles_urls)),
    path("", include("territories.open_data.urls")),
    path("", include("territories.private_space.urls")),
    path("", include("territories.glossary.urls")),
    path("", include("territories.video.urls")),
    *plugin_urls,
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
