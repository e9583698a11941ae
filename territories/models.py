"""The models of the ground, gathered here for Django; each lives in the folder of its idea."""

from .archive.models import TerritoryImport
from .audit.models import JournalEntry
from .contact.models import ContactMessage
from .contact.pages import ContactPage
from .glossary.models import GlossaryEntry
from .jobs.models import JobRun
from .legal.models import LegalFacts
from .links.models import SignedLink
from .mail.models import OutgoingMail
from .pages.content import ContentPage
from .pages.homes import TerritoryHomePage
from .people.models import Invitation, LogInRules
from .places.geocoding.models import GeocodedAddress
from .places.models import Commune, Neighbourhood
from .plugins.models import PluginSwitch
from .private_space.pages import PrivateSpacePage
from .private_space.restrictions import ReaderRestriction
from .proposals.models import Proposal
from .provisioning.models import Provisioning
from .review.models import ReviewTask
from .territory import Territory
from .vocabulary.models import Term

# isort: split
from .legal.pages import LegalPage

__all__ = [
    "Commune",
    "ContactMessage",
    "ContactPage",
    "ContentPage",
    "GeocodedAddress",
    "GlossaryEntry",
    "Invitation",
    "JobRun",
    "JournalEntry",
    "LegalFacts",
    "LegalPage",
    "LogInRules",
    "Neighbourhood",
    "OutgoingMail",
    "PluginSwitch",
    "PrivateSpacePage",
    "Proposal",
    "Provisioning",
    "ReaderRestriction",
    "ReviewTask",
    "SignedLink",
    "Term",
    "Territory",
    "TerritoryHomePage",
    "TerritoryImport",
]
