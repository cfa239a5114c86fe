"""Secrets that are shown once: how they are made and how they are kept."""

import hashlib
import secrets

PREFIX = "lbl_"


def new_secret() -> str:
    """A token of 256 random bits, recognisable by its prefix to secret scanners."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is stored. Random 256-bit secrets need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).digest()
