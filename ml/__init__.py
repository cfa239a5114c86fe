"""Work for machines: networks (`networks`), their training and judging (`training`), what a worker
holds in memory (`inference`), and the weights that ship (`weights`, each with its card).
"""
