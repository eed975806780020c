"""What the words of a statement claim: negated, asked, on a condition, and by whom."""
