from territories.plugins.contributions import Grant

GRANTS = [Grant("coordinator", "sample_plugin.pin", ("view",))]
