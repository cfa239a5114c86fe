"""Training runs: what people confirmed and corrected teaches the next version of a model."""
