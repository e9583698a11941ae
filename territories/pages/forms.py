"""The form of every page type: nothing of another territory's is put on a page, and no document
that others may read, or others may not, than the page itself."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.admin.forms import WagtailAdminPageForm

from territories.tenancy.guards.references import documents_in, forget, refusals


class TerritoryPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and self.parent_page:
            # So that the page's own checks know where it is going to stand.
            self.instance.territory_id = getattr(self.parent_page.specific, "territory_id", None)

    def clean(self):
        cleaned = super().clean()
        for name, sentence in self._misplaced_documents():
            self.add_error(name, sentence)
        return cleaned

    def _misplaced_documents(self) -> Iterator[tuple[str, str]]:
        from territories.private_space.documents import misplaced

        if self.for_user is None or not (documents := documents_in(self)):
            return
        page = self.instance if self.instance.pk else self.parent_page.specific
        is_private = page.get_view_restrictions().exists()
        for name, sentence, title in misplaced(
            documents, user=self.for_user, on_private_page=is_private
        ):
            label = self.fields[name].label or name
            yield name, sentence % {"field": label, "document": title}

    def _post_clean(self) -> None:
        # Asked before the instance takes the new values, and said where nothing more precise is.
        refused = dict(refusals(self, self.for_user))
        super()._post_clean()
        for name, sentence in refused.items():
            forget(self, name)
            if not self.has_error(name):
                self.add_error(name, sentence)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        for formset in self.formsets.values():
            for form in formset.forms:
                if not hasattr(form, "cleaned_data"):
                    continue
                for name, sentence in list(refusals(form, self.for_user)):
                    forget(form, name)
                    form.add_error(name, sentence)
                    valid = False
        return valid
