"""From public listings to ``providers.csv``: sources declared in YAML, read, checked and merged."""
