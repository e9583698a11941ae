"""What leads somewhere: steps to follow, buttons to ring, to write or to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from territories.templatetags.look import phone_link

from .base import SharedBlock, territory_of
from .content import SHORT_RICH_TEXT

RING, WRITE, GO = "ring", "write", "go"
ICONS = {RING: "phone", WRITE: "mail", GO: "arrow"}


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=gettext_lazy("ce qui se passe"),
        max_length=150,
        help_text=gettext_lazy("Une phrase courte : « Vous appelez Nadia »."),
    )
    text = blocks.RichTextBlock(
        label=gettext_lazy("détails"), features=SHORT_RICH_TEXT, required=False
    )


class StepsBlock(SharedBlock):
    title = blocks.CharBlock(
        label=gettext_lazy("titre"),
        max_length=150,
        required=False,
        default=gettext_lazy("Comment ça se passe"),
    )
    steps = blocks.ListBlock(
        StepBlock(),
        label=gettext_lazy("étapes"),
        min_num=2,
        max_num=9,
        help_text=gettext_lazy("Dans l’ordre. Elles sont numérotées toutes seules."),
    )

    class Meta:
        label = gettext_lazy("Étapes")
        icon = "list-ol"
        description = gettext_lazy(
            "Ce qui se passe, dans l’ordre, avec un numéro pour chaque étape."
        )
        preview_value = {
            "title": gettext_lazy("Comment ça se passe"),
            "steps": [
                {"title": gettext_lazy("Vous appelez"), "text": ""},
                {"title": gettext_lazy("Nous regardons ensemble ce qui vous va"), "text": ""},
                {"title": gettext_lazy("Vous commencez"), "text": ""},
            ],
        }
        template = "territories/blocks/steps.html"
        mail_template = "territories/blocks/steps.mjml"


class ActionBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=gettext_lazy("que fait le bouton ?"),
        choices=[
            (RING, gettext_lazy("Appeler")),
            (WRITE, gettext_lazy("Écrire")),
            (GO, gettext_lazy("Aller à une page")),
        ],
        default=RING,
    )
    words = blocks.CharBlock(
        label=gettext_lazy("mots du bouton"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Un verbe, et de quoi il s’agit : « Voir les aides au permis ». Pour aller à une page, "
            "il en faut."
        ),
    )
    phone = blocks.CharBlock(
        label=gettext_lazy("téléphone"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Pour appeler. Vide : le numéro du territoire."),
    )
    page = blocks.PageChooserBlock(
        label=gettext_lazy("page du site"),
        required=False,
        help_text=gettext_lazy("Pour aller à une page."),
    )
    url = blocks.URLBlock(
        label=gettext_lazy("ou une autre adresse"),
        required=False,
        help_text=gettext_lazy("Seulement quand la page n’est pas sur ce site."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if cleaned["kind"] == GO:
            if not cleaned["words"]:
                errors["words"] = _("Dites où mène le bouton : « Voir les aides au permis ».")
            if bool(cleaned["page"]) == bool(cleaned["url"]):
                errors["page"] = _("Choisissez une page du site, ou bien une adresse : l’une des "
                                   "deux.")  # fmt: skip
        if cleaned["phone"] and not phone_link(cleaned["phone"]):
            errors["phone"] = _("Un numéro de téléphone, comme 05 61 00 00 00.")
        if errors:
            raise StructBlockValidationError(
                {name: ValidationError(sentence) for name, sentence in errors.items()}
            )
        return cleaned


class ActionsBlock(SharedBlock):
    actions = blocks.ListBlock(
        ActionBlock(),
        label=gettext_lazy("boutons"),
        min_num=1,
        max_num=3,
        help_text=gettext_lazy("Le plus utile d’abord : c’est lui qu’on voit."),
    )

    class Meta:
        label = gettext_lazy("Boutons")
        icon = "link"
        description = gettext_lazy("Un, deux ou trois boutons : appeler, écrire, aller à une page.")
        preview_value = {
            "actions": [
                {"kind": "ring", "words": "", "phone": "05 61 00 00 00"},
                {
                    "kind": "go",
                    "words": gettext_lazy("Voir les aides"),
                    "url": "https://example.org/",
                },
            ]
        }
        template = "territories/blocks/actions.html"
        mail_template = "territories/blocks/actions.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        made = (button_of(action, context) for action in value.get("actions") or ())
        context["buttons"] = [button for button in made if button]
        return context


def button_of(action: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any] | None:
    """A link and its words; None when it would lead nowhere (a page that is no longer online)."""
    territory = territory_of(context)
    kind, page = action.get("kind"), action.get("page")
    button = {"words": action.get("words"), "icon": ICONS.get(kind, ICONS[GO])}
    if kind == RING:
        phone = action.get("phone") or (territory.contact_phone if territory else "")
        button |= {"url": phone_link(phone), "phone": phone}
    elif kind == WRITE:
        here = str(context.get("contact_url") or "")
        button["url"] = here or (f"{territory.root_url}/contact/" if territory else "")
        button["words"] = button["words"] or _("Nous écrire")
    elif page is not None and page.live:
        button |= {"url": page.full_url, "page": page}
    else:
        button["url"] = action.get("url")
    return button if button["url"] else None
