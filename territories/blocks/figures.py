"""Numbers: key figures, and charts whose table everybody can read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import SharedBlock
from .drawing import WIDTH, Drawing, Row, draw_bars, draw_columns, draw_windows, is_too_many

DRAWN = {"bars": draw_bars, "columns": draw_columns, "windows": draw_windows}
UNKNOWN = gettext_lazy("inconnu (ce n’est pas zéro)")


def written(number: Decimal | None, unit: str = "") -> str:
    """« 1 012 », « 62,5 % »; "" for a number that nobody knows."""
    if number is None:
        return ""
    plain = number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
    said = number_format(plain, use_l10n=True, force_grouping=True)
    return f"{said}\u00a0%" if unit == "%" else said


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(
        label=gettext_lazy("chiffre"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "Comme il se lit : « 1 840 », « 62 % ». Vide : « inconnu (ce n’est pas zéro) »."
        ),
    )
    label = blocks.CharBlock(
        label=gettext_lazy("ce qu’il compte"),
        max_length=150,
        help_text=gettext_lazy("Une phrase que tout le monde comprend : « personnes venues »."),
    )
    source = blocks.CharBlock(
        label=gettext_lazy("source"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Si elle n’est pas la même que pour les autres chiffres."),
    )


class KeyFiguresBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    figures = blocks.ListBlock(FigureBlock(), label=gettext_lazy("chiffres"), min_num=1, max_num=6)
    note = blocks.CharBlock(
        label=gettext_lazy("d’où viennent ces chiffres"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Qui a compté, et quand : « Bilans des rendez-vous de 2026 »."),
    )
    reports = blocks.IntegerBlock(
        label=gettext_lazy("nombre de bilans"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Sur combien de bilans ces chiffres reposent."),
    )

    class Meta:
        label = gettext_lazy("Chiffres clés")
        icon = "order"
        description = gettext_lazy(
            "Deux ou trois chiffres, écrits en grand, avec qui les a comptés."
        )
        preview_value = {
            "figures": [
                {"number": "1 840", "label": gettext_lazy("personnes venues"), "source": ""},
                {"number": "62 %", "label": gettext_lazy("habitent le quartier"), "source": ""},
                {"number": "", "label": gettext_lazy("ont trouvé un emploi"), "source": ""},
            ],
            "note": gettext_lazy("Bilans des rendez-vous"),
            "reports": 14,
        }
        template = "territories/blocks/key_figures.html"
        mail_template = "territories/blocks/key_figures.mjml"


class ChartRowBlock(blocks.StructBlock):
    label = blocks.CharBlock(
        label=gettext_lazy("groupe ou année"),
        max_length=40,
        help_text=gettext_lazy("Court : « Femmes », « 2025 »."),
    )
    number = blocks.DecimalBlock(
        label=gettext_lazy("nombre"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Vide : inconnu. Ce n’est pas zéro."),
    )
    is_main = blocks.BooleanBlock(
        label=gettext_lazy("mettre en avant"),
        required=False,
        help_text=gettext_lazy("La ligne dont parle le titre."),
    )


class ChartBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(
        label=gettext_lazy("ce qu’il faut retenir"),
        max_length=150,
        help_text=gettext_lazy(
            "Une phrase, pas un thème : « Deux fois plus de personnes qu’il y a deux ans »."
        ),
    )
    subject = blocks.CharBlock(
        label=gettext_lazy("ce qui est compté"),
        max_length=150,
        help_text=gettext_lazy("« Personnes venues aux rendez-vous, par année »."),
    )
    shape = blocks.ChoiceBlock(
        label=gettext_lazy("dessin"),
        choices=[
            ("bars", gettext_lazy("Barres, pour comparer des groupes")),
            ("windows", gettext_lazy("Fenêtres allumées, pour une part sur cent")),
            ("columns", gettext_lazy("Colonnes, pour suivre des années")),
        ],
        default="bars",
    )
    rows = blocks.ListBlock(ChartRowBlock(), label=gettext_lazy("lignes"), min_num=1, max_num=12)
    source = blocks.CharBlock(
        label=gettext_lazy("source"),
        max_length=200,
        help_text=gettext_lazy("Qui a compté, et quand : « Bilans des rendez-vous de 2026 »."),
    )
    reports = blocks.IntegerBlock(
        label=gettext_lazy("nombre de bilans"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Sur combien de bilans ces chiffres reposent."),
    )

    class Meta:
        label = gettext_lazy("Graphique")
        icon = "order-up"
        description = gettext_lazy(
            "Des nombres dessinés, et leur tableau. Le titre dit ce qu’il faut retenir."
        )
        preview_value = {
            "title": gettext_lazy("Deux fois plus de femmes que d’hommes"),
            "subject": gettext_lazy("Personnes venues"),
            "shape": "bars",
            "rows": [
                {"label": gettext_lazy("Femmes"), "number": "1012", "is_main": True},
                {"label": gettext_lazy("Hommes"), "number": "506", "is_main": False},
                {"label": gettext_lazy("Sans réponse"), "number": None, "is_main": False},
            ],
            "source": gettext_lazy("Bilans des rendez-vous"),
            "reports": 14,
        }
        template = "territories/blocks/chart.html"
        mail_template = "territories/blocks/chart.mjml"

    def clean(self, value):
        cleaned = super().clean(value)
        if sentence := fault_of(cleaned):
            raise StructBlockValidationError({"rows": ValidationError(sentence)})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        rows = rows_of(value)
        draw = DRAWN.get(value.get("shape"), draw_bars)
        context["rows"] = rows
        context["unknown"] = UNKNOWN
        context["has_unknown"] = any(row.number is None for row in rows)
        context["told"] = ", ".join(f"{row.label} : {row.words}" for row in rows)
        context["drawing"] = draw(rows, is_rtl=is_rtl(context)) if rows else Drawing(0, ())
        context["width"] = WIDTH
        # Two charts of one page need two names.
        context["key"] = hashlib.sha256(repr((value.get("title"), rows)).encode()).hexdigest()[:8]
        return context


def rows_of(value: Mapping[str, Any]) -> list[Row]:
    unit = "%" if value.get("shape") == "windows" else ""
    return [
        Row(
            row["label"],
            row["number"],
            written(row["number"], unit) or str(UNKNOWN),
            bool(row.get("is_main")),
        )
        for row in value.get("rows") or ()
    ]


def fault_of(value: Mapping[str, Any]) -> str:
    """What would make the drawing lie or unreadable, in a sentence; "" when nothing does."""
    rows = rows_of(value)
    known = [row.number for row in rows if row.number is not None]
    if not known:
        return _("Donnez au moins un nombre : un dessin de ce que personne ne sait ne dit rien.")
    if value["shape"] == "windows":
        if max(known) > 100:
            return _("Une part sur cent ne dépasse pas 100. Choisissez des barres.")
        if len(rows) > 4:
            return _("Quatre parts au plus avec des fenêtres. Choisissez des barres.")
    if value["shape"] == "columns":
        if len(rows) < 2:
            return _("Il faut deux années au moins pour les suivre.")
        if is_too_many(rows) or any(len(row.label) * len(rows) > 48 for row in rows):
            return _("Les colonnes se toucheraient : raccourcissez, ou choisissez des barres.")
    return ""


def is_rtl(context: Mapping[str, Any]) -> bool:
    """A page that is not translated shows French, from left to right, inside an Arabic frame."""
    language = getattr(context.get("page"), "language", "")
    return get_language_info(language)["bidi"] if language else get_language_bidi()
