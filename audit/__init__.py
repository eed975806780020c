"""From captures to findings: blocks, claims, verdicts, and the rules behind them."""
