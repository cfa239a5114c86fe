"""No Django here. A classifier in an ONNX file, by onnxruntime on a CPU, without torch."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from ml.networks.classifiers.protocol import Scores
from ml.networks.crops import Planes
from ml.networks.weights import WeightsError

BATCH = 4  # on a CPU more takes a little more time a picture (measured up to 32)
TINY = 1e-12
_REFUSALS = (
    refusals.Fail,
    refusals.InvalidArgument,
    refusals.InvalidGraph,
    refusals.InvalidProtobuf,
    refusals.NotImplemented,
    refusals.RuntimeException,
)
_UNKNOWN = re.compile(
    r"is not a registered function/op|No Op registered for|Could not find an implementation for"
)


class UnknownOperatorsError(WeightsError):
    """The graph uses operators that onnxruntime does not have."""


class WrongInputError(WeightsError):
    """The network does not take one batch of colour pictures of the declared size."""


class WrongOutputError(WeightsError):
    """The network does not answer one number for each class."""


@dataclass(frozen=True)
class Sides:
    """What a graph says of its input. batch, size: 0 where it is free."""

    name: str
    colours_first: bool
    batch: int
    size: int
    half: bool


class OnnxClassifier:
    """See `protocol.Classifier`. Its runs may come from several threads at once.

    probabilities: the graph ends with a softmax; their logarithms are its logits.
    threads: for the arithmetic of one run; they wait asleep, since other workers share the cores.
    """

    def __init__(self, path: Path, *, threads: int = 1, probabilities: bool = False) -> None:
        self.session = opened(path, threads)
        self.sides = sides_of(self.session)
        self.probabilities = probabilities
        self.outputs = outputs_of(self.session)
        self.batch = self.sides.batch or BATCH

    def run(self, planes: Planes) -> Scores:
        """Raises MemoryError, or WeightsError with what onnxruntime says."""
        given = planes if self.sides.colours_first else planes.transpose(0, 2, 3, 1)
        given = np.ascontiguousarray(given, np.float16 if self.sides.half else np.float32)
        if self.sides.batch > len(given):
            given = np.concatenate([given, given[:1].repeat(self.sides.batch - len(given), 0)])
        try:
            found = self.session.run(self.outputs, {self.sides.name: given})
        except _REFUSALS as error:
            if "Failed to allocate" in str(error):
                raise MemoryError(str(error)) from error
            raise WeightsError(
                f"It stops at pictures of {planes.shape[-1]} pixels: {_told(error)}"
            ) from error
        numbers = [np.asarray(one, np.float32)[: len(planes)] for one in found]
        logits = np.log(numbers[0] + TINY) if self.probabilities else numbers[0]
        return Scores(logits, numbers[1] if len(numbers) > 1 else None)


def opened(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Raises UnknownOperatorsError or WeightsError with what onnxruntime says."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _REFUSALS as error:
        kind = UnknownOperatorsError if _UNKNOWN.search(str(error)) else WeightsError
        raise kind(f"onnxruntime does not open it: {_told(error)}") from error


def _told(error: Exception) -> str:
    """What onnxruntime says, without its prefix and without our folders."""
    text = re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", str(error))
    return re.sub(r"/\S*/(?=[^/\s]+)", "", text)[:300]


def sides_of(session: onnxruntime.InferenceSession) -> Sides:
    """Raises WrongInputError unless it takes one batch of square colour pictures as numbers."""
    inputs = session.get_inputs()
    if len(inputs) != 1:
        raise WrongInputError(f"It takes {len(inputs)} inputs; one is expected, the pictures.")
    (only,) = inputs
    shape = [side if isinstance(side, int) and side > 0 else 0 for side in only.shape]
    if only.type not in {"tensor(float)", "tensor(float16)"} or len(shape) != 4:
        raise WrongInputError(
            f"Its input is {only.type} of {len(shape)} dimensions; floats of four are expected:"
            " (batch, 3, height, width) or (batch, height, width, 3)."
        )
    colours_first = shape[1] == 3 or (shape[1] == 0 and shape[3] != 3)
    high, wide = shape[2:] if colours_first else shape[1:3]
    if (not colours_first and shape[3] != 3) or high != wide:
        raise WrongInputError(f"Its input has the shape {only.shape}; no square of three colours.")
    return Sides(only.name, colours_first, shape[0], high, only.type == "tensor(float16)")


def outputs_of(session: onnxruntime.InferenceSession) -> list[str]:
    """The output of classes, which comes first, and that of features when there is one.

    Raises WrongOutputError.
    """
    flat = [one.name for one in session.get_outputs() if len(one.shape) == 2]
    if not flat or flat[0] != session.get_outputs()[0].name:
        first = session.get_outputs()[0]
        raise WrongOutputError(
            f"Its first output “{first.name}” has the shape {first.shape}; (batch, classes) is expected."
        )
    return flat[:2]


@dataclass(frozen=True)
class Found:
    """What a trial run shows. features: how many numbers describe a picture; 0 when none do."""

    probabilities: bool
    features: int


def tried(model: OnnxClassifier, *, classes: int, size: int) -> Found:
    """Let it run on pictures of noise, and see whether the answer can be meant.

    Raises WrongInputError or WrongOutputError.
    """
    if model.sides.size not in {0, size}:
        raise WrongInputError(f"It takes pictures of {model.sides.size} pixels, not of {size}.")
    noise = np.random.default_rng(0).normal(size=(2, 3, size, size)).astype(np.float32)
    parts = [noise[:1], noise[1:]] if model.batch == 1 else [noise]
    try:
        scores = [model.run(part) for part in parts]
    except WeightsError as error:
        raise WrongInputError(str(error)) from error
    logits = np.concatenate([one.logits for one in scores])
    if logits.shape[1] != classes:
        raise WrongOutputError(
            f"It answers {logits.shape[1]} numbers for a picture, and {classes} classes are declared."
        )
    if not np.isfinite(logits).all():
        raise WrongOutputError(
            "It answers numbers that are infinite, or none, to pictures of noise."
        )
    features = scores[0].features
    return Found(are_probabilities(logits), 0 if features is None else features.shape[1])


def are_probabilities(answers: NDArray[np.float32]) -> bool:
    """Whether each row (B, C) lies in [0, 1] and sums to 1."""
    inside = answers.min() >= 0 and answers.max() <= 1
    return bool(inside and np.abs(answers.sum(1) - 1).max() < 1e-3)
