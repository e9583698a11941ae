"""The form of every page type: nothing of another territory's is put on a page."""

from wagtail.admin.forms import WagtailAdminPageForm

from territories.tenancy.guards.references import forget, refusals


class TerritoryPageForm(WagtailAdminPageForm):
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
