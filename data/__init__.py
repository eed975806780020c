"""The records, the one door to disk and the one view of findings. Imports no other room."""
