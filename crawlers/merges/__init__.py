"""Which providers are one: proposals for people, and what they decided, kept and carried out."""
