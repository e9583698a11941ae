from django.db.models import Exists, OuterRef

from territories.plugins.contributions import Badge, Mark

from .models import Pin


def badges(pks):
    return {pin.page_id: Badge(pin.words, "pin") for pin in Pin.objects.filter(page__in=pks)}


def pinned(path):
    return Exists(Pin.objects.filter(page=OuterRef(path)))


MARKS = [Mark("pin", "sample_plugin.NoticePage", badges, pinned, fact="pinned")]
