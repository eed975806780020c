"""Blocks to claims: which rules a passage speaks to, with what stance."""
