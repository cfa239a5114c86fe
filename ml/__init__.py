"""Work for machines: networks, their training and the workers that run them.

Empty so far. The network that draws masks comes first; see docs/architecture.md for the rooms.
"""
