"""Page foundations: the base page that knows its territory, homes, content pages, lists."""
