"""Bytes of a PDF to the same blocks as those of a web page."""
