"""Items, the verdicts people give on them, and the tallies that count both."""
