"""No Django here. What a worker holds in memory, and how it answers."""
