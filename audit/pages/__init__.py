"""Bytes of a page to blocks, each with its place, as a visitor reads them."""
