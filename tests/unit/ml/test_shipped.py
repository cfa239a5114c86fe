"""The weights that ship: whole, with a card, the same in torch and onnxruntime, good at their work."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from ml.networks import registry
from ml.networks.crops import CHANNELS, Picture
from ml.networks.prompts import Mask
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.protocol import Segmenter
from ml.networks.weights import read_card, sha256_of
from ml.training.evaluate import Settings, judge
from ml.training.manifest import read_manifest
from ml.training.measures import boundary_f, consistent, iou
from ml.training.simulate import corrective_click

from .pictures import ellipse, photo_of, pointed_at

ROOT = Path(__file__).resolve().parents[3]
LARGEST = 12_000_000  # bytes


pytestmark = pytest.mark.skipif(
    not (registry.WEIGHTS / f"{registry.LITE}.json").is_file(),
    reason="no weights in ml/weights of this checkout",
)


@pytest.fixture(scope="module")
def lite() -> Segmenter:
    return registry.open_segmenter(registry.LITE)


def test_every_weight_file_has_its_card_and_its_hash() -> None:
    weights = [
        path for path in registry.WEIGHTS.iterdir() if path.suffix in {".safetensors", ".onnx"}
    ]
    assert weights
    for path in weights:
        assert path.stat().st_size < LARGEST
        assert len(path.with_suffix(".md").read_text()) > 1000
        assert read_card(path.with_suffix(".json"), {"files": dict})["files"][
            path.name
        ] == sha256_of(path)


def test_torch_and_onnx_agree_on_the_shipped_weights(lite: Segmenter) -> None:
    assert isinstance(lite, CropSegmenter)
    plain = registry.lite_in_torch(registry.WEIGHTS, "cpu")
    for look in lite.looks:
        shape = (2, CHANNELS, look.size, look.size)
        inputs = np.random.default_rng(0).normal(size=shape).astype(np.float32)
        assert np.abs(lite.network.logits(inputs) - plain.logits(inputs)).max() < 1e-3


def test_the_cpu_worker_outlines_without_torch() -> None:
    script = (
        "import sys, numpy\n"
        "from ml.networks.registry import open_segmenter\n"
        "from ml.networks.prompts import make_prompt\n"
        "picture = numpy.zeros((60, 60, 3), 'uint8')\n"
        "prompt = make_prompt([[30, 5], [5, 30], [30, 55], [55, 30]], (60, 60))\n"
        "assert open_segmenter('dextr-lite').predict(picture, prompt).mask.any()\n"
        "print('torch' in sys.modules, 'django' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    "box",
    [(30, 40, 150, 110), (0, 0, 80, 60), (120, 70, 180, 120), (60, 50, 80, 70), (20, 52, 170, 64)],
    ids=["ordinary", "in a corner", "in the other corner", "twenty pixels", "thin"],
)
def test_it_outlines_what_is_plain_to_see(lite: Segmenter, box: tuple[int, int, int, int]) -> None:
    mask = ellipse(120, 180, box)
    prompt = pointed_at(mask)
    found = lite.predict(photo_of(mask), prompt).mask
    assert iou(found, mask) > 0.85
    assert consistent(found, prompt)


def test_clicks_cut_the_hole_that_it_did_not_see(lite: Segmenter) -> None:
    mask = ellipse(160, 160, (20, 20, 140, 140)) & ~ellipse(160, 160, (60, 60, 100, 100))
    picture, prompt = photo_of(mask), pointed_at(mask)
    found = lite.predict(picture, prompt).mask
    for _ in range(4):
        click = corrective_click(found, mask)
        if click is None:
            break
        prompt = prompt.with_click(click, found)
        found = lite.predict(picture, prompt).mask
    assert iou(found, mask) > 0.93
    assert not found[80, 80]


def test_prompts_that_wait_together_are_answered_as_alone(lite: Segmenter) -> None:
    assert isinstance(lite, CropSegmenter)
    masks = [ellipse(100, 150, (10, 10, 60, 90)), ellipse(100, 150, (70, 20, 140, 80))]
    asked = [(photo_of(mask), pointed_at(mask)) for mask in masks]
    together = lite.predict_many(asked)  # one by one: none is finished yet
    for (picture, prompt), answer in zip(asked, together, strict=True):
        alone = lite.predict(picture, prompt)
        assert (alone.mask != answer.mask).mean() < 1e-3
        assert alone.score == pytest.approx(answer.score, abs=1e-3)


def large_photo(mask: Mask) -> Picture:
    """As `photo_of`, with the soft edges and the coarse grain of a large photograph."""
    small = photo_of(mask[::4, ::4])
    grain = cv2.resize(small, mask.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.float32)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5)[:, :, None]
    colours = soft * (190, 70, 60) + (1 - soft) * (60, 120, 70)
    return np.asarray(np.clip(colours + 0.3 * (grain - grain.mean()), 0, 255), np.uint8)


def test_a_twelve_megapixel_object_has_edges_of_its_own_picture(lite: Segmenter) -> None:
    mask = ellipse(3000, 4000, (600, 400, 3300, 2600))
    found = lite.predict(large_photo(mask), pointed_at(mask)).mask
    assert iou(found, mask) > 0.97
    assert boundary_f(found[::3, ::3], mask[::3, ::3], tolerance=4) > 0.8


def test_it_beats_the_baselines_on_real_pictures(lite: Segmenter, shared_data: Path) -> None:
    """A few objects of each set; the whole of them is `python -m ml.training.evaluate`."""
    folder = shared_data / "masks"
    if not folder.is_dir():
        pytest.skip("no ../shared/data/masks beside this checkout")
    few = Settings(clicks=1, limit=4)
    found = judge(lite, read_manifest(folder, "val"), few, lambda _: None)["macro"]
    assert found["iou"] > 0.80
    assert found["consistency"] > 0.97
    assert found["iou_after_clicks"][1] > found["iou"]
