"""Labels with their counts and outcomes, out as files: streamed at once, or written by a worker."""
