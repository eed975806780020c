"""The second reader: a small model beside the patterns, the same on every machine."""
