from territories.plugins.contributions import Facet

FACETS = [
    Facet(
        name="initiale",
        label="Initiale",
        on="sample_plugin.NoticePage",
        choices=lambda queryset: [("a", "A", queryset.filter(title__istartswith="a").count())],
        narrow=lambda queryset, values: queryset.filter(title__istartswith=values[0]),
    )
]
