"""What roles may do beside their own pages, images and documents."""

from territories.plugins.contributions import Grant

# Each page it may submit is its own: see tenancy/translating.py.
GRANTS = [Grant("coordinator", "wagtail_localize.translation", ("submit",))]
