"""What the page of a territory's identity shows, in its order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, Panel

from territories.appearance.oklch import is_colour
from territories.appearance.readable import TEXTS
from territories.appearance.theme import adaptation_sentences, derive

from .fields import ColourInput
from .forms import IdentityForm


class ObtainedColours(Panel):
    """The colours asked for beside those that the site will have, with the reason."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "territories/identity/obtained_colours.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            fields = [self.form[name] for name in TEXTS]
            asked = [field.value() or "" for field in fields]
            if all(is_colour(colour) for colour in asked) and not any(f.errors for f in fields):
                obtained = derive(*asked).light
                context["pairs"] = list(
                    zip(asked, (obtained["deep"], obtained["bright"]), strict=True)
                )
                context["sentences"] = adaptation_sentences(*asked)
            return context


def fields(heading, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


IDENTITY = ObjectList(
    [
        HelpPanel(template="territories/identity/facts.html", heading=_("Le site")),
        fields(_("Le territoire"), "name", "town", "tagline", "pilots"),
        fields(
            _("Qui répond aux habitants"),
            *(f"contact_{part}" for part in ("name", "phone", "hours", "email", "address")),
        ),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("first_colour", widget=ColourInput),
                FieldPanel("second_colour", widget=ColourInput),
                ObtainedColours(),
                FieldPanel("facade_signature"),
            ],
            heading=_("Apparence"),
        ),
        fields(_("Qui envoie les lettres"), "sender_name", "sender_email"),
        MultiFieldPanel(
            [
                # Which communes make a territory is agreed with the national team.
                FieldPanel("communes", permission="territories.change_commune"),
                FieldPanel("neighbourhoods"),
                FieldPanel("time_zone"),
            ],
            heading=_("Lieux"),
        ),
        MultiFieldPanel([FieldPanel("plugins")], heading=_("Ce que le site propose")),
    ],
    base_form_class=IdentityForm,
)
