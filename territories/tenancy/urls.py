"""Guards that stand at the very addresses of Wagtail's views, and before them.

Hooks cannot do it: Wagtail puts the addresses they bring after its own. No name is given, so that
every link still leads here.
"""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from territories.vocabulary import tags

from .guards import bulk, choosers, reports

urlpatterns = decorate_urlpatterns(
    decorate_urlpatterns(
        [
            path(
                "bulk/<str:app_label>/<str:model_name>/<str:action>/",
                bulk.bulk_action,
            ),
            path("choose-page/<int:parent_page_id>/", choosers.BrowseOwnPages.as_view()),
            path("choose-page/chosen-multiple/", choosers.ChosenOwnPages.as_view()),
            path("tag-autocomplete/", tags.complete),
            path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags.complete),
            *reports.URLS,
        ],
        require_admin_access,
    ),
    never_cache,
)
