from territories.plugins.contributions import Column, Dataset

from .models import NoticePage


def rows(territory):
    for page in NoticePage.objects.findable().in_territory(territory):
        yield {"title": page.title}


DATASETS = [
    Dataset(
        "annonces", "Annonces", "Les annonces d’essai.", rows, columns=[Column("title", "Titre")]
    )
]
