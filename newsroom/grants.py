from territories.plugins.contributions import Grant

# Asked for the territory of the story: see consent_views.py.
GRANTS = [Grant(role, "newsroom.consent", ("change",)) for role in ("coordinator", "editor")]
