"""Who is one provider: addresses, names and places compared. Pure, but for its reference lists."""
