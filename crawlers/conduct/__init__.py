"""How we ask: whom, how often, within which bounds, and every exchange kept as it came."""
