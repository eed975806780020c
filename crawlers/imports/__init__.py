"""Pages that a person captured (WACZ, WARC, HTML, PDF), taken in as a run of their own."""
