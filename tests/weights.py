"""Weight files for tests: small ones of random numbers, written as the real ones are."""

import hashlib
import json
from pathlib import Path


def write_lite(folder: Path, content: bytes = b"not a network") -> None:
    """Files of the names and hashes that a card of `dextr-lite` lists; they hold no network."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("dextr-lite.safetensors", "dextr-lite.onnx")
    for name in names:
        (folder / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    files = dict.fromkeys(names, digest)
    card = {"files": files, "size": 64, "looks": [{"size": 64}], "shape": {}}
    (folder / "dextr-lite.json").write_text(json.dumps(card))
