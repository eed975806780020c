"""How sources list providers: one module a shape of listing, and the last good rows of each."""
