"""Which models there are, and whether their files are in order. Loads none of them."""
