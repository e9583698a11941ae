"""The roles that every territory has, the national team's, and what they may do with the ground."""

from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, Role

ALL_OF_PAGES = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
ALL_OF_MEDIA = ("add", "change", "choose")

ROLES = [
    Role("coordinator", _("coordination"), ALL_OF_PAGES, ALL_OF_MEDIA),
    Role("editor", _("rédaction"), ("add", "change"), ("add", "choose")),
    # The portal's pages; what territories share comes with grants.
    Role("team", _("équipe nationale"), ALL_OF_PAGES, ALL_OF_MEDIA, national=True),
]

GRANTS = [
    # Each page they may submit is their own: see tenancy/translating.py.
    Grant("coordinator", "wagtail_localize.translation", ("submit",)),
    # Coordinators decide on what others offer, editors read it; who offers comes with a plugin.
    Grant("coordinator", "territories.proposal", ("view", "change")),
    Grant("editor", "territories.proposal", ("view",)),
    # Each reads that of one's own territory: see audit/models.py.
    Grant("coordinator", "territories.journalentry", ("view",)),
    Grant("team", "territories.journalentry", ("view",)),
    # Each those of their own, the national team the portal's: see contact/models.py.
    Grant("coordinator", "territories.contactmessage", ("view", "change", "delete")),
    Grant("editor", "territories.contactmessage", ("view", "change")),
    Grant("team", "territories.contactmessage", ("view", "change", "delete")),
    Grant("team", "wagtail_localize.translation", ("submit",)),
    # Which terms there are is a fact of the vocabulary file: their words are the team's.
    Grant("team", "territories.term", ("view", "change")),
    # Each those of one's own: see glossary/admin.py. A national one is retired, never deleted.
    Grant("coordinator", "territories.glossaryentry", ("add", "change", "delete")),
    Grant("team", "territories.glossaryentry", ("add", "change")),
    Grant("coordinator", "territories.territory", ("change",)),
    Grant("team", "territories.territory", ("view", "add", "change")),
    # Which communes make a territory.
    Grant("team", "territories.commune", ("change",)),
    # Who may invite people, and see and remove them: each where people/oversight.py says.
    Grant("coordinator", "territories.invitation", ("add",)),
    Grant("team", "territories.invitation", ("add",)),
    Grant("team", "territories.loginrules", ("change",)),
]
