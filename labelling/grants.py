from territories.plugins.contributions import Grant

# The grid belongs to the national team; whoever judges by it reads it.
GRANTS = [
    Grant(role, model, ("view",))
    for role in ("coordinator", "editor")
    for model in ("labelling.criteriagrid", "labelling.criterion")
]
