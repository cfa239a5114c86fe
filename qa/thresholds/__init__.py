"""What the verdicts of a job say about its classes: the table, and thresholds from it."""
