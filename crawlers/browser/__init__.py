"""Pages that need a browser: Chromium behind the guard, and what it saw and was asked to fetch."""
