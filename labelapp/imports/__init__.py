"""Bringing labels and pictures in: read, asked about where unclear, then written once and whole."""
