"""What the ground makes for every territory, beside its homes and its legal pages."""

from territories.contact.setting_up import make_contact_page
from territories.plugins.contributions import SetupStep
from territories.private_space.opening import prepare_space

SETUP_STEPS = [
    SetupStep("private_space", prepare_space),
    SetupStep("contact", make_contact_page, on_portal=True),
]
