from territories.plugins.contributions import Grant

# Who comes is read by the coordination of the territory alone: see registration/admin/own.py.
GRANTS = [Grant("coordinator", "agenda.registration", ("view", "change", "delete"))]
