from territories.plugins.contributions import Grant

# What organisations answer to a call is read by the coordination of the territory alone.
GRANTS = [Grant("coordinator", "cooperation.projectresponse", ("view", "delete"))]
