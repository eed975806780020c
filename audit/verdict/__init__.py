"""Claims and coverage to findings: outcomes, reasons, and the proof of absence."""
