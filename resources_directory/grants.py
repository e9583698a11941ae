from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, Role

# Somebody of an actor: reads and changes no page, and offers changes to its own sheets.
ROLES = [Role("partner", _("partenaire"))]

GRANTS = [
    Grant("partner", "territories.proposal", ("add",)),
    Grant("coordinator", "resources_directory.actormember", ("add", "delete")),
    # Whether what an import has no more is closed: see closing.py.
    Grant("coordinator", "resources_directory.importedresource", ("change",)),
]
