"""The catalogue: one YAML file a rule, and how its frames are matched."""
