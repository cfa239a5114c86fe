"""Many pictures through a classifier: in order, whatever cannot be read, whatever memory allows."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from ml.inference.classify import (
    Answer,
    Labeller,
    Saying,
    UnreadableError,
    open_labeller,
    said,
)
from ml.networks.classifiers import shipped
from ml.networks.classifiers.frame import Frame
from ml.networks.classifiers.heads import units
from ml.networks.classifiers.lite import TorchClassifier, lite_of
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.classifiers.protocol import Scores
from ml.networks.classifiers.squares import framed, planes
from ml.networks.crops import Picture, Planes
from ml.networks.weights import load_safetensors
from tests.classifiers import SIZE, write_classifier

FRAME = Frame(4, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
ROOT = Path(__file__).resolve().parents[3]


class Reds:
    """Answers how red a picture is, and notes how many it was shown at once."""

    def __init__(self, batch: int = 4, most: int = 100) -> None:
        self.batch = batch
        self.most = most
        self.shown: list[int] = []

    def run(self, planes: Planes) -> Scores:
        if len(planes) > self.most:
            raise MemoryError
        self.shown.append(len(planes))
        red = planes[:, 0].mean((1, 2))
        logits = np.stack([red * 10, np.zeros_like(red)], axis=1)
        return Scores(logits, planes.mean((2, 3)))


def shade(red: int) -> Picture:
    return np.full((6, 6, 3), (red, 0, 50), np.uint8)


def told(model: Reds, openers: list[Callable[[], Picture]], **saying: float) -> list[Answer[int]]:
    labeller = Labeller(model, FRAME, decoders=2, runners=2)
    try:
        return list(labeller.answers(enumerate(openers), Saying(**saying)))  # type: ignore[arg-type]
    finally:
        labeller.close()


def test_answers_come_in_the_order_of_the_questions() -> None:
    reds = [number * 10 for number in range(23)]
    answers = told(Reds(), [partial(shade, red) for red in reds])
    assert [answer.key for answer in answers] == list(range(23))
    for answer, red in zip(answers, reds, strict=True):
        high = 1 / (1 + np.exp(-10 * red / 255))
        assert answer.guesses[0].number == 0
        assert answer.guesses[0].confidence == pytest.approx(high, abs=1e-5)


def test_what_cannot_be_read_is_told_in_its_place() -> None:
    def broken() -> Picture:
        raise UnreadableError("no picture")

    openers: list[Callable[[], Picture]] = [
        partial(shade, 200),
        broken,
        partial(shade, 100),
        broken,
        broken,
        broken,
        broken,
    ]
    answers = told(Reds(batch=3), openers)
    assert [bool(answer.refusal) for answer in answers] == [False, True, False, *[True] * 4]
    assert answers[1] == Answer(1, refusal="no picture")
    assert answers[2].guesses


def test_a_batch_that_memory_has_no_room_for_is_halved() -> None:
    model = Reds(batch=8, most=3)
    answers = told(model, [partial(shade, number * 20) for number in range(8)])
    assert [answer.key for answer in answers] == list(range(8))
    assert model.shown == [2, 2, 2, 2]
    assert all(answer.features is not None for answer in answers)


def test_one_picture_that_memory_has_no_room_for_ends_it() -> None:
    with pytest.raises(MemoryError):
        told(Reds(most=0), [partial(shade, 1)])


def test_it_reads_no_more_than_a_few_batches_ahead() -> None:
    asked = []

    def question(number: int) -> tuple[int, Callable[[], Picture]]:
        asked.append(number)
        return number, partial(shade, 1)

    labeller = Labeller(Reds(batch=4), FRAME, decoders=1, runners=1)
    answers = labeller.answers((question(number) for number in range(1000)), Saying())
    next(answers)
    assert len(asked) <= 4 * 5
    labeller.close()


class Overflows(Reds):
    """Answers with no number where the red is 100, with no direction where it is 200."""

    def run(self, planes: Planes) -> Scores:
        found = super().run(planes)
        red = (planes[:, 0, 0, 0] * 255).round()
        found.logits[red == 100] = np.nan
        assert found.features is not None
        found.features[red == 200] = np.inf
        return found


def test_what_the_network_answers_no_numbers_for_is_told_in_its_place() -> None:
    answers = told(Overflows(), [partial(shade, red) for red in (50, 100, 150, 200)])
    refusal = "The model answers no numbers for it."
    assert [answer.refusal for answer in answers] == ["", refusal, "", refusal]
    assert [bool(answer.guesses) for answer in answers] == [True, False, True, False]
    assert [answer.features is None for answer in answers] == [False, True, False, True]


def test_the_temperature_moves_the_confidence_and_not_the_order() -> None:
    scores = Scores(np.array([[4.0, 0.0, 2.0]], np.float32), None)
    ((guesses, features),) = said(scores, Saying(temperature=2.0, top=2))
    assert features is None
    assert [guess.number for guess in guesses] == [0, 2]
    score, confidence = guesses[0].score, guesses[0].confidence
    assert score == pytest.approx(np.exp(4) / (np.exp(4) + 1 + np.exp(2)))
    assert confidence == pytest.approx(np.exp(2) / (np.exp(2) + 1 + np.exp(1)))


def test_features_leave_at_length_one_in_half_precision() -> None:
    (answer,) = told(Reds(), [partial(shade, 255)])
    assert answer.features is not None
    assert answer.features.dtype == np.float16
    assert np.linalg.norm(answer.features.astype(float)) == pytest.approx(1, abs=1e-3)


def test_features_are_kept_to_the_last_bit_as_a_head_saw_them() -> None:
    features = np.random.default_rng(4).gamma(1, size=(500, 1280)).astype(np.float32)
    scores = Scores(np.zeros((500, 2), np.float32), features)
    kept = [vector for _, vector in said(scores, Saying()) if vector is not None]
    assert np.array_equal(np.stack(kept), units(features))


def test_a_file_that_somebody_brought_is_opened(tmp_path: Path) -> None:
    frame = Frame(SIZE, (0.5,) * 3, (0.5,) * 3)
    labeller = open_labeller(write_classifier(tmp_path / "colours.onnx"), frame, threads=2)
    (answer,) = labeller.answers([("red", partial(shade, 255))], Saying(top=3))
    labeller.close()
    assert (answer.key, answer.guesses[0].number, len(answer.guesses)) == ("red", 0, 3)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    command = [sys.executable, "-m", "ml.networks.classifiers.shipped", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


def test_torch_in_half_precision_says_what_onnxruntime_says(unpacked: Path) -> None:
    frame = shipped.shipped().frame
    photos = [load_sample_image(name) for name in ("flower.jpg", "china.jpg")]
    given = planes([framed(photo, frame) for photo in photos], frame)
    plain = OnnxClassifier(unpacked / shipped.GRAPH).run(given)
    path = unpacked / shipped.NUMBERS
    other = TorchClassifier(lite_of(load_safetensors(path), path), 8, "cpu").run(given)
    assert (plain.logits.argmax(1) == other.logits.argmax(1)).all()
    assert np.abs(plain.logits - other.logits).max() < 0.5
    assert plain.features is not None
    assert other.features is not None
    for one, two in zip(plain.features, other.features, strict=True):
        assert one @ two / np.linalg.norm(one) / np.linalg.norm(two) > 0.99


def test_the_built_in_classifier_labels_without_torch(unpacked: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ml.inference.classify import Saying, open_labeller\n"
        "from ml.networks.classifiers import shipped\n"
        f"model = open_labeller(Path({str(unpacked)!r}) / shipped.GRAPH, shipped.shipped().frame)\n"
        "import numpy as np\n"
        "(answer,) = model.answers([(1, lambda: np.zeros((50, 60, 3), np.uint8))], Saying())\n"
        "print(len(answer.guesses), 'torch' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["1", "False"]
