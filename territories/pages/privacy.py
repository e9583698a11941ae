from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def restricted_path() -> ExpressionWrapper:
    """Inside a query about restrictions: the path of the page that one stands on."""
    return ExpressionWrapper(OuterRef("page__path"), output_field=CharField())


def is_private() -> Exists:
    """True for pages under a view restriction.

    Wagtail's `public()` reads the restrictions first, one query for every list of a page; this
    one is part of the list's own query.
    """
    return Exists(
        PageViewRestriction.objects.annotate(
            tested=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(tested__startswith=F("page__path"))
    )
