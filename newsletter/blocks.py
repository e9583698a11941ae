from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from territories.blocks.base import SharedBlock, territory_of
from territories.plugins.contributions import ContentBlock


class SubscribeBlock(SharedBlock):
    """The way to the form, which no cached page can hold. Who reads a letter has subscribed."""

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    text = blocks.CharBlock(label=_("phrase"), max_length=300, required=False)

    class Meta:
        label = _("S’abonner à la lettre")
        icon = "mail"
        description = _("Un bouton vers le formulaire d’abonnement. Dans une lettre, rien.")
        preview_value = {
            "title": _("La lettre de la Cité de l’emploi"),
            "text": _("Les rendez-vous et les aides du moment, par e-mail."),
        }
        template = "newsletter/subscribing/block.html"
        mail_template = "newsletter/subscribing/block.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        # The portal has no readers.
        context["is_offered"] = territory_of(context) is not None
        return context


BLOCKS = [ContentBlock("subscribe", SubscribeBlock)]
