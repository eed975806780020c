"""Reads public listings and provider websites politely, and keeps what they said."""
