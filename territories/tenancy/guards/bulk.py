"""Actions on many things at once: Wagtail's page of confirmation names those one may not touch."""

from __future__ import annotations

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from territories.vocabulary.tags import TagsForm


class OwnItemsOnly:
    def get_actionable_objects(self):
        objects, others = super().get_actionable_objects()
        return objects, {name: [] for name in others}


class TagsOfVocabulary(OwnItemsOnly):
    form_class = TagsForm

    def get_execution_context(self):
        return {"tags": self.cleaned_form.cleaned_data["tags"]}


def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    found = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if found is None:
        raise Http404
    guard = TagsOfVocabulary if action == "add_tags" else OwnItemsOnly
    guarded = type(found.__name__, (guard, found), {"__module__": found.__module__})
    return guarded(request, model).dispatch(request)
