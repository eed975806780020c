"""Text as such: folded for matching, cut into sentences, put together where it was cut."""
