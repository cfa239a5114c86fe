"""No Django here. Try an ONNX classifier out before it is taken in, in a process of its own:

    python -m ml.inference.trial FILE CLASSES SIZE

prints JSON: what was found, or the refusal's `code` and `message`. Whatever a broken file does to
onnxruntime happens here and not to who asks.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ml.networks.classifiers.onnx import (
    OnnxClassifier,
    UnknownOperatorsError,
    WrongInputError,
    WrongOutputError,
    tried,
)
from ml.networks.weights import WeightsError

CODES = {
    UnknownOperatorsError: "unknown_operators",
    WrongInputError: "wrong_input",
    WrongOutputError: "wrong_output",
}


def trial(path: Path, classes: int, size: int) -> dict[str, Any]:
    """What the model shows when it runs, or why it cannot be used."""
    try:
        return asdict(tried(OnnxClassifier(path), classes=classes, size=size))
    except WeightsError as error:
        return {"code": CODES.get(type(error), "model_unusable"), "message": str(error)}


if __name__ == "__main__":
    print(json.dumps(trial(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
