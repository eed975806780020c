"""Where a site leads, and which of it is worth asking for: links, sitemaps, redirects. Pure."""
