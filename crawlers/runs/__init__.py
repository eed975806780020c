"""One run over many sites: whom it looks at, its lanes and limits, its progress and its tables."""
