"""What roles may do with the search of the site."""

from territories.plugins.contributions import Grant

GRANTS = [
    # Each those of one's own, the national team all of them: see vocabulary/admin.py and
    # promoted/admin.py.
    Grant("coordinator", "portal_search.synonym", ("add", "change", "delete")),
    Grant("team", "portal_search.synonym", ("add", "change", "delete")),
    Grant("coordinator", "portal_search.promotion", ("add", "change", "delete")),
    Grant("team", "portal_search.promotion", ("add", "change", "delete")),
    # What was searched for in vain: see models/unmet.py.
    Grant("coordinator", "portal_search.unmetsearch", ("view", "change")),
    Grant("team", "portal_search.unmetsearch", ("view", "change")),
]
