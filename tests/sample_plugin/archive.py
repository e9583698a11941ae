from territories.plugins.contributions import Part

from .models import Pin


def export(territory):
    for pin in Pin.objects.filter(territory=territory):
        yield {"page": pin.page_id, "words": pin.words}


def restore(territory, rows):
    for row in rows:
        Pin.objects.get_or_create(territory=territory, page_id=row["page"], words=row["words"])


def erase(territory):
    return Pin.objects.filter(territory=territory).delete()[0]


PARTS = [Part("pins", export, restore, erase)]
