"""The engine against labelled passages: figures, intervals and every error."""
