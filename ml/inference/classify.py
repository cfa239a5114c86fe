"""No Django here. Many pictures to what a classifier says of them: decoding in a pool beside the network.

Pictures are decoded by some threads while others run the network on the batch before, so that neither
waits for the other; both work outside of Python's lock.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ml.inference.protocols import Opener
from ml.networks.classifiers import shipped, tuned
from ml.networks.classifiers.chances import softmax
from ml.networks.classifiers.frame import Frame
from ml.networks.classifiers.heads import units
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.classifiers.protocol import Classifier, Scores
from ml.networks.classifiers.squares import framed, planes
from ml.networks.crops import Picture

Key = TypeVar("Key")
AHEAD = 2  # batches that are decoded while others run
GPU_BATCH = 64
NO_NUMBERS = "The model answers no numbers for it."
NUMBERS = {shipped.GRAPH: shipped.NUMBERS, tuned.GRAPH: tuned.NUMBERS}  # of networks known to torch


class UnreadableError(Exception):
    """An opener has no picture to show; the text says why, for a list."""


@dataclass(frozen=True)
class Guess:
    """A class by its number. score: softmax as the network has it; confidence: after calibration."""

    number: int
    score: float
    confidence: float


@dataclass(frozen=True)
class Answer(Generic[Key]):
    """What is said of one picture: the likeliest classes, best first, or why nothing is.

    features: (D,) float16 of length 1; None where the network tells none.
    """

    key: Key
    guesses: tuple[Guess, ...] = ()
    features: NDArray[np.float16] | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Saying:
    """How scores become guesses. temperature: what logits are divided by; top: how many are kept."""

    temperature: float = 1.0
    top: int = 1


class Labeller:
    """A classifier with its pools. Its answers are asked for from one thread at a time.

    decoders, runners: threads that decode, and that run the network.
    """

    def __init__(
        self, classifier: Classifier, frame: Frame, *, decoders: int, runners: int
    ) -> None:
        self.classifier = classifier
        self.frame = frame
        self.runners = runners
        self._decoding = ThreadPoolExecutor(decoders, "decode")
        self._running = ThreadPoolExecutor(runners, "network")

    def close(self) -> None:
        self._decoding.shutdown(cancel_futures=True)
        self._running.shutdown(cancel_futures=True)

    def answers(self, asked: Iterable[tuple[Key, Opener]], saying: Saying) -> Iterator[Answer[Key]]:
        """An answer for each, in their order. `asked` is read ahead by a few batches, in this thread.

        Raises:
            MemoryError: it does not suffice for one picture.
            WeightsError: the network stops.
        """
        decoding: list[tuple[Key, Future[Picture]]] = []
        running: deque[Future[list[Answer[Key]]]] = deque()
        for key, opener in asked:
            decoding.append((key, self._decoding.submit(self._square, opener)))
            if len(decoding) == self.classifier.batch:
                running.append(self._running.submit(self._batch, decoding, saying))
                decoding = []
            if len(running) > self.runners + AHEAD:
                yield from running.popleft().result()
        if decoding:
            running.append(self._running.submit(self._batch, decoding, saying))
        while running:
            yield from running.popleft().result()

    def _square(self, opener: Opener) -> Picture:
        return framed(opener(), self.frame)

    def _batch(
        self, decoding: Sequence[tuple[Key, Future[Picture]]], saying: Saying
    ) -> list[Answer[Key]]:
        """The answers of one batch, which may still be decoding."""
        squares: list[Picture] = []
        refusals: dict[int, str] = {}
        for place, (_, future) in enumerate(decoding):
            try:
                squares.append(future.result())
            except UnreadableError as error:
                refusals[place] = str(error)
        keys = [key for place, (key, _) in enumerate(decoding) if place not in refusals]
        told = iter(answers_of(keys, self._scores(squares), saying) if squares else ())
        return [
            Answer(key, refusal=refusals[place]) if place in refusals else next(told)
            for place, (key, _) in enumerate(decoding)
        ]

    def _scores(self, squares: Sequence[Picture]) -> Scores:
        """Of all of them at once, or where memory does not suffice, of one half after the other."""
        try:
            return self.classifier.run(planes(squares, self.frame))
        except MemoryError:
            if len(squares) == 1:
                raise
        half = len(squares) // 2
        return joined(self._scores(squares[:half]), self._scores(squares[half:]))


def joined(one: Scores, other: Scores) -> Scores:
    features = None
    if one.features is not None and other.features is not None:
        features = np.concatenate([one.features, other.features])
    return Scores(np.concatenate([one.logits, other.logits]), features)


def answers_of(keys: Sequence[Key], scores: Scores, saying: Saying) -> Iterator[Answer[Key]]:
    """What scores say of each picture; where they are infinite or none, that they say nothing."""
    good = np.asarray(np.isfinite(scores.logits).all(1))
    if scores.features is not None:
        good &= np.isfinite(scores.features).all(1)
    places = np.flatnonzero(good)
    features = None if scores.features is None else scores.features[places]
    told = iter(said(Scores(scores.logits[places], features), saying))
    for key, is_good in zip(keys, good, strict=True):
        yield Answer(key, *next(told)) if is_good else Answer(key, refusal=NO_NUMBERS)


def said(
    scores: Scores, saying: Saying
) -> Iterator[tuple[tuple[Guess, ...], NDArray[np.float16] | None]]:
    """For each picture its likeliest classes, best first, and its features at length 1. All scores are
    finite."""
    raw, calibrated = (
        softmax(scores.logits),
        softmax(scores.logits / np.float64(saying.temperature)),
    )
    features = None if scores.features is None else units(scores.features)
    best = np.argsort(-scores.logits, axis=1, kind="stable")[:, : saying.top]
    for place, numbers in enumerate(best):
        guesses = tuple(
            Guess(int(one), float(raw[place, one]), float(calibrated[place, one]))
            for one in numbers
        )
        yield guesses, None if features is None else features[place]


def open_labeller(
    graph: Path, frame: Frame, *, probabilities: bool = False, threads: int = 1, device: str = "cpu"
) -> Labeller:
    """The classifier behind an ONNX file, ready for many pictures.

    On a CPU each run has one thread, and as many runs go side by side as there are `threads`: that
    takes less processor time than one run with all of them (measured). On CUDA only the built-in
    network and those fine-tuned from it run, by torch; others stay on the CPU.

    Raises:
        WeightsError: see `OnnxClassifier`.
    """
    if device == "cuda" and graph.name in NUMBERS:
        from ml.networks.classifiers.lite import on_cuda

        network = on_cuda(graph.with_name(NUMBERS[graph.name]), GPU_BATCH)
        return Labeller(network, frame, decoders=threads, runners=1)
    classifier = OnnxClassifier(graph, probabilities=probabilities)
    return Labeller(classifier, frame, decoders=threads, runners=threads)
