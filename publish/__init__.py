"""What people take away: exports over the one view of findings, one format or product a file."""
