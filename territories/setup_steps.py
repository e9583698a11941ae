"""What the ground makes for every territory, and what for the portal too, beside the homes."""

from territories.contact.setting_up import make_contact_page
from territories.legal.making import make_legal_pages
from territories.plugins.contributions import SetupStep
from territories.private_space.opening import prepare_space

SETUP_STEPS = [
    SetupStep("private_space", prepare_space),
    SetupStep("contact", make_contact_page, on_portal=True),
    SetupStep("legal", make_legal_pages, on_portal=True),
]
