from django.db.models import BooleanField, CharField, ExpressionWrapper, IntegerField, OuterRef, Q
from django.db.models.expressions import RawSQL
from wagtail.models import Page, PageViewRestriction


def restricted_path() -> ExpressionWrapper:
    """Inside a query about restrictions: the path of the page that one stands on."""
    return ExpressionWrapper(OuterRef("page__path"), output_field=CharField())


class PrivatePages(RawSQL):
    """The keys of the pages under a view restriction.

    Found from the restrictions, along the index of paths, once for a query: to ask of each page
    whether it lies under one of them takes as many comparisons as there are pages and territories.
    """

    # As treebeard has it of descendants: no path below is further in the order than this.
    LAST = Page.alphabet[-1] * Page.steplen
    SQL = """
        SELECT below.id FROM {restrictions} AS restriction
        INNER JOIN {pages} AS above ON above.id = restriction.page_id
        INNER JOIN {pages} AS below ON below.path >= above.path AND below.path <= above.path || %s
    """

    def __init__(self) -> None:
        tables = {
            "restrictions": PageViewRestriction._meta.db_table,
            "pages": Page._meta.db_table,
        }
        super().__init__(self.SQL.format(**tables), [self.LAST], IntegerField())


def is_private() -> ExpressionWrapper:
    """True for pages under a view restriction.

    Wagtail's `public()` reads the restrictions first, one query for every list of a page; this
    one is part of the list's own query.
    """
    return ExpressionWrapper(Q(pk__in=PrivatePages()), output_field=BooleanField())
