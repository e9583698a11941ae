"""How search engines, and whoever is sent a link, learn what a page is: head, data, sitemaps."""
