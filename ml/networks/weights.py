"""No Django here. Weight files: found by name in a folder, checked by SHA-256, loaded without running
what is in them.
"""

import hashlib
import json
import pickle
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

BLOCK = 1 << 20


class WeightsError(ValueError):
    """A weight file that cannot be used. The message says which, why, and what to do."""


class MissingWeightsError(WeightsError):
    """The file is not there."""


class WrongHashError(WeightsError):
    """The file is not the one that it should be."""


class MissingKeysError(WeightsError):
    """The file lacks weights that the network needs, or holds others or of other shapes."""


class UnsafeWeightsError(WeightsError):
    """The file would run code when loaded, or is no weight file at all."""


@dataclass(frozen=True)
class WeightFile:
    """A file that a segmenter needs. `sha256` None: whatever the user put there, loaded safely.

    `instead`: another name under which it is taken too.
    """

    name: str
    sha256: str | None = None
    instead: str = ""

    def missing_from(self, folder: Path) -> MissingWeightsError:
        """What to say where it is not in `folder`."""
        names = f"{self.name} or {self.instead}" if self.instead else self.name
        return MissingWeightsError(f"{names} is not there. Put it into {folder}.")


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def checked(folder: Path, file: WeightFile) -> Path:
    """The path of `file` in `folder`; raises MissingWeightsError or WrongHashError."""
    path = folder / file.name
    if not path.is_file():
        raise file.missing_from(folder)
    if file.sha256 is not None and (found := sha256_of(path)) != file.sha256:
        raise WrongHashError(
            f"{path} is not the file it should be: its SHA-256 begins {found[:12]},"
            f" {file.sha256[:12]} is expected. It was not loaded; fetch it again."
        )
    return path


def read_card(path: Path, needs: Mapping[str, type]) -> dict[str, Any]:
    """The JSON beside shipped weights, with all it `needs` to say, and as what; raises
    MissingWeightsError or UnsafeWeightsError."""
    try:
        card = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise MissingWeightsError(
            f"{path.name} is not there. Put it into {path.parent}."
        ) from error
    except ValueError as error:
        raise UnsafeWeightsError(f"{path} is no JSON: {error}.") from error
    wrong = [name for name, kind in needs.items() if not _has(card, name, kind)]
    if wrong:
        raise UnsafeWeightsError(f"{path} is no card of weights: it lacks {', '.join(wrong)}.")
    return dict(card)


def _has(card: Any, name: str, kind: type) -> bool:
    return isinstance(card, dict) and isinstance(card.get(name), kind)


def load_pickled(path: Path) -> dict[str, Any]:
    """The tensors of a torch checkpoint, read without running anything that it brings along.

    Raises UnsafeWeightsError; there is no fallback to the unsafe way.
    """
    import torch

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other pickle protocols; they are refused below
            content = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise UnsafeWeightsError(
            f"{path} holds more than weights, or none. Nothing in it was run and it was not loaded."
        ) from error
    if not isinstance(content, dict):
        raise UnsafeWeightsError(f"{path} holds no weights by name.")
    return content


def load_into(network: Any, weights: dict[str, Any], path: Path) -> None:
    """`weights` into a torch module, all of them and no others; raises MissingKeysError."""
    try:
        missing, unexpected = network.load_state_dict(weights, strict=False)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise MissingKeysError(f"{path}: a weight has another shape. {str(error)[:300]}") from error
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise MissingKeysError(
            f"{path} does not fit the network: {len(missing)} weights are missing"
            f" ({', '.join(missing[:3])}), {len(unexpected)} are unknown ({', '.join(unexpected[:3])})."
        )


def load_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """Arrays by name, as float32; raises UnsafeWeightsError when it is no safetensors file."""
    try:
        arrays = load_file(path)
    except SafetensorError as error:
        raise UnsafeWeightsError(f"{path} is no safetensors file: {error}.") from error
    return {name: array.astype(np.float32) for name, array in arrays.items()}
