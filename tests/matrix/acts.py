"""Labels, translations and the history: what stands beside pages."""

from __future__ import annotations

from urllib.parse import urlencode

from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from labelling.models import Application, CriteriaGrid, Label, State
from territories.models import ContentPage

from .kinds import Kind, Try, opens, shows
from .pages import WORDS, fresh


class LabelKind(Kind):
    name, models = "label", (Label,)

    def view(self, t: Try) -> bool:
        page = t.side.get("labelled")
        return t.get("labelling_withdraw", page.pk).status_code == 200

    def create(self, t: Try) -> bool:
        """An application, then its decision: there is no other way."""
        application = study(t)
        if application is None:
            return False
        form = {"words": WORDS, **ticked()}
        t.post("label_applications:grant", application.pk, form=form)
        return Label.objects.filter(page=application.page_id).exists()

    def delete(self, t: Try) -> bool:
        label = self.thing(t.side)
        t.post("labelling_withdraw", label.page_id, form={"reasons": WORDS})
        return Label.objects.get(pk=label.pk).withdrawn_on is not None


class ApplicationKind(Kind):
    name, models = "application for the label", (Application,)

    def list(self, t: Try) -> bool:
        return shows(t.get("label_applications:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("label_applications:read", self.thing(t.side).pk).status_code == 200

    def create(self, t: Try) -> bool:
        return study(t) is not None

    def edit(self, t: Try) -> bool:
        one = self.thing(t.side)
        t.post("label_applications:return", one.pk, form={"words": WORDS})
        return Application.objects.get(pk=one.pk).state == State.RETURNED


def study(t: Try) -> Application | None:
    page = t.side.get("unlabelled")
    t.post("label_applications:study", page.pk, form=ticked())
    return Application.objects.filter(page=page.pk).first()


def ticked() -> dict[str, list[int]]:
    criteria = CriteriaGrid.objects.current().criteria
    return {"mandatory": list(criteria.filter(kind="mandatory").values_list("pk", flat=True))}


class TranslationKind(Kind):
    name, models = "translation", (Translation, TranslationSource)

    def thing(self, side) -> Translation | None:
        return side.get("translation")

    def target(self, t: Try):
        return self.thing(t.side).get_target_instance()

    def list(self, t: Try) -> bool:
        return shows(t.get("wagtail_localize:translations_report"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        target = self.target(t)
        return opens(t.get("wagtailadmin_pages:history", target.pk), target)

    def create(self, t: Try) -> bool:
        page, locale = t.side.get("labelled"), Locale.objects.get(language_code="ar")
        t.post("wagtail_localize:submit_page_translation", page.pk, form={"locales": [locale.pk]})
        return page.get_translations().filter(locale=locale, alias_of=None).exists()

    def edit(self, t: Try) -> bool:
        translation = self.thing(t.side)
        segment = translation.source.stringsegment_set.first()
        t.put(
            "wagtail_localize:edit_string_translation",
            translation.pk,
            segment.pk,
            body=urlencode({"value": WORDS}),
        )
        return StringTranslation.objects.filter(data=WORDS).exists()

    def publish(self, t: Try) -> bool:
        target = self.target(t)
        t.post("wagtailadmin_pages:edit", target.pk, form={"action": "publish"})
        # It is published once the transaction is over: what was made to be published is there.
        revision = fresh(target).latest_revision
        return revision is not None and revision.pk != target.latest_revision_id

    def delete(self, t: Try) -> bool:
        translation = self.thing(t.side)
        t.post("wagtail_localize:stop_translation", translation.pk, form={})
        return not Translation.objects.get(pk=translation.pk).enabled

    def copy(self, t: Try) -> bool:
        target = self.target(t)
        t.post("wagtail_localize:convert_to_alias", target.pk, form={})
        return fresh(target).alias_of_id is not None

    def api(self, t: Try) -> bool:
        answer = t.get("wagtail_localize:download_pofile", self.thing(t.side).pk)
        return answer.status_code == 200

    def crafted(self, t: Try) -> bool | None:
        """Whether a translation of one's own may show an image of that side."""
        page = fresh(t.here.pages[ContentPage])
        page.body = [("image", {"image": t.here.get("image"), "alt": "Marché", "caption": ""})]
        page.save_revision().publish()
        source, _made = TranslationSource.get_or_create_from_instance(page)
        translation = Translation.objects.create(
            source=source, target_locale=Locale.objects.get(language_code="en")
        )
        translation.save_target(publish=False)
        t.put(
            "wagtail_localize:edit_override",
            translation.pk,
            source.overridablesegment_set.get().pk,
            body=urlencode({"value": t.side.get("image").pk}),
        )
        return SegmentOverride.objects.exists()


class HistoryKind(Kind):
    name, models = "history entry", (PageLogEntry,)

    def thing(self, side) -> PageLogEntry | None:
        page = side.pages[ContentPage]
        return PageLogEntry.objects.filter(page=page.pk).first() if page else None

    def list(self, t: Try) -> bool:
        return shows(t.get("wagtailadmin_reports:site_history"), self.thing(t.side))
