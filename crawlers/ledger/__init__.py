"""What was done, is yet to do and is held: the SQLite ledger, the WARC archives, earlier runs."""
