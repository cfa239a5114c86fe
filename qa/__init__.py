"""Work for people, and what it proves: jobs, verification, thresholds, exports."""
