"""Texts that a page carries as data: JSON-LD, and the state from which scripts draw it."""
