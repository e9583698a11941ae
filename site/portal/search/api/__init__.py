"""`/api/v1/`: the same search for other people's tools. `docs/search.md`, « API »."""
