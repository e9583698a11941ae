"""What several commands ask in the same words."""

from django.core.management.base import CommandError

from territories.models import Territory


def territory_named(slug: str) -> Territory:
    """The territory of this slug. Raises CommandError, naming those there are."""
    found = Territory.objects.select_related("site__root_page").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"« {slug} » est inconnu. Territoires : {known or 'aucun'}.")
    return found
