from territories.plugins.contributions import DashboardPanel, Figure, Panel

PANELS = [
    Panel(
        "notices",
        "territories.ContentPage",
        "sample_plugin/panel.html",
        lambda request, page: {"words": "Un panneau d’essai"},
    )
]
DASHBOARD = [
    DashboardPanel("notices", "sample_plugin/panel.html", lambda request: {"words": "À vous"})
]
FIGURES = [Figure("notices", "avis", lambda territories: dict.fromkeys(territories, 7))]
