from territories.archive.naming import pages_of
from territories.plugins.contributions import Part

from .models import Pin


def export(territory):
    for pin in Pin.objects.filter(territory=territory).select_related("page").order_by("pk"):
        yield {"page": str(pin.page.translation_key), "words": pin.words}


def restore(territory, rows):
    for row in rows:
        page = pages_of(territory).filter(translation_key=row["page"]).first()
        if page is not None:
            Pin.objects.get_or_create(territory=territory, page=page, words=row["words"])


def erase(territory):
    return Pin.objects.filter(territory=territory).delete()[0]


PARTS = [Part("pins", export, restore, erase)]
