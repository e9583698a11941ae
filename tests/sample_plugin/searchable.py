from territories.plugins.contributions import Finding, Searchable

SEARCHABLES = [
    Searchable(
        "sample_plugin.NoticePage",
        "notice",
        "Annonces",
        lambda page, record: Finding(title=page.title, summary=page.summary),
    )
]
