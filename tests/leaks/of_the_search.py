"""What Beta's people keep of the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from portal.search.models import Promotion, Synonym, UnmetSearch
from territories.models import Territory


def kept_of_the_search(
    territory: Territory, said: Callable[[str], str], page: Page
) -> dict[str, Any]:
    return {
        "synonym": Synonym.objects.create(
            territory=territory, said=said("dit"), means=said("veut dire")
        ),
        "unmet": UnmetSearch.objects.create(
            territory=territory,
            text=said("cherché"),
            last_week=timezone.localdate(),
            without_result=5,
        ),
        "promotion": Promotion.objects.create(
            territory=territory,
            questions=said("question"),
            page=page,
            url="https://essai.example/",
            title=said("conseil"),
            sentence=said("phrase"),
        ),
    }


def rows_of_the_search() -> dict[str, Any]:
    return {
        "synonym": Synonym.objects.values_list("pk", "territory", "said", "link", "means"),
        "unmet": UnmetSearch.objects.values_list("pk", "dealt_with_in"),
        "promotion": Promotion.objects.values_list("pk", "territory", "title", "page"),
    }
