"""The people whom pages name: with which letters, in which trade, and where they are spoken of."""
