"""Concepts: the words that rules are made of, read from YAML, and found in texts."""
