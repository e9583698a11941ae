"""What the hooks of the admin are made of: addresses, menu, the journal's sentences."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import acts, lists
from .own import LIST_TITLE, may

patterns = [
    path("", lists.SubscribersView.as_view(), name="index"),
    path("results/", lists.SubscribersView.as_view(results_only=True), name="index_results"),
    path("add/", acts.AddView.as_view(), name="add"),
    path("export/", acts.ExportView.as_view(), name="export"),
    path("import/", acts.ImportView.as_view(), name="import"),
    path("import/<int:subscriber_file_id>/", acts.FileView.as_view(), name="file"),
    path("<int:subscriber_id>/", lists.SubscriberView.as_view(), name="read"),
    path("<int:subscriber_id>/erase/", lists.EraseView.as_view(), name="erase"),
]
URLS = [path("subscribers/", include((patterns, "subscribers")))]

# None names an address: the journal stays longer than the reader.
SENTENCES = {
    "subscribers.add": (_("Ajouter un abonné"), _("Abonné ajouté, à confirmer")),
    "subscribers.stop": (_("Désabonner"), _("Abonné arrêté, à sa demande")),
    "subscribers.erase": (_("Effacer un abonné"), _("Abonné effacé")),
    "subscribers.export": (_("Télécharger les abonnés"), _("Liste des abonnés téléchargée")),
    "subscribers.import": (
        _("Reprendre un fichier d’abonnés"),
        _("Fichier d’abonnés repris : %(made)s abonnés, %(mailed)s à confirmer"),
    ),
}


class SubscribersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user)


def subscribers_item() -> MenuItem:
    url = reverse("subscribers:index")
    return SubscribersItem(LIST_TITLE, url, name="subscribers", icon_name="group", order=30)
