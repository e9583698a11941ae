"""What residents and professionals find of a practice sheet."""

from __future__ import annotations

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from labelling.models import PracticeSheetPage
from resources_directory.searchable import words_of_terms
from territories.plugins.contributions import Finding, Searchable


def find_sheet(page: PracticeSheetPage, record: PracticeSheetPage) -> Finding:
    themes = list(record.themes.select_related("parent"))
    publics = list(record.publics.select_related("parent"))
    formats = [record.format] if record.format else []
    told = [page.context, page.results, page.advice, page.to_know]
    texts = page.body.stream_block.get_searchable_content(page.body)
    return Finding(
        title=page.title,
        summary=page.summary,
        body="\n".join(
            [
                # A word must not run into the one of the next paragraph.
                *(strip_tags(text.replace(">", "> ")) for text in (*told, *texts)),
                *(f"{step.what} {step.who}" for step in page.steps.all()),
                record.partners,
            ]
        ),
        words=sorted(set(filter(None, words_of_terms([*themes, *publics, *formats])))),
        place=record.facts.get("place") or "",
        themes=[theme.code for theme in themes],
        publics=[term.code for term in publics],
    )


SEARCHABLE_SHEETS = Searchable(
    "labelling.PracticeSheetPage",
    "practice-sheet",
    _("Fiches actions"),
    find_sheet,
    _("Fiche action"),
    is_for_professionals=True,
)
