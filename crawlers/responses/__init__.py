"""What came back: a page, a wall, a parked domain, an error; and what to call each failure."""
