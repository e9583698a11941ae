from territories.plugins.contributions import Grant, PageGrant, Role

ROLES = [Role("crier", "petites annonces", media_actions=("choose",))]
PAGE_GRANTS = [PageGrant("crier", "sample_plugin.NoticePage", ("add", "change"))]
GRANTS = [Grant("coordinator", "sample_plugin.pin", ("view",))]
