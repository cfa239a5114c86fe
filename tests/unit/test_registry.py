"""Which segmenters can be used, and what is said of those that cannot."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from ml.networks import registry
from ml.registry import weights
from ml.registry.errors import (
    UnknownSegmenter,
    WeightsMissing,
    WeightsUnusable,
    WeightsWrongHash,
)
from tests.weights import write_lite


@pytest.fixture
def own(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installation's own folder; nothing ships."""
    settings.WEIGHTS_DIR = tmp_path / "own"
    monkeypatch.setattr(registry, "WEIGHTS", tmp_path / "shipped")
    return tmp_path / "own"


def test_it_finds_what_ships_and_prefers_what_is_its_own(own: Path, tmp_path: Path) -> None:
    write_lite(tmp_path / "shipped", b"shipped")
    shipped = weights.segmenter("dextr-lite")
    assert shipped.refusal is None
    assert shipped.folder == tmp_path / "shipped"
    write_lite(own, b"own")
    mine = weights.segmenter("dextr-lite")
    assert mine.folder == own
    assert mine.version.startswith("dextr-lite@")
    assert mine.version != shipped.version


def test_it_says_where_a_missing_file_goes(own: Path) -> None:
    missing = weights.segmenter("sam-vit-b")
    assert isinstance(missing.refusal, WeightsMissing)
    assert "sam_vit_b_01ec64.pth" in missing.refusal.detail
    assert str(own) in missing.refusal.detail
    assert missing.version == ""


def test_it_notices_when_a_file_becomes_another(own: Path) -> None:
    write_lite(own)
    assert weights.segmenter("dextr-lite").refusal is None
    (own / "dextr-lite.onnx").write_bytes(b"something else altogether")
    assert isinstance(weights.segmenter("dextr-lite").refusal, WeightsWrongHash)


@pytest.mark.parametrize("card", ["{", "[]", "{}", '{"files": [], "size": 1, "looks": []}'])
def test_it_refuses_a_card_that_is_none(own: Path, card: str) -> None:
    write_lite(own)
    (own / "dextr-lite.json").write_text(card)
    assert isinstance(weights.segmenter("dextr-lite").refusal, WeightsUnusable)


def test_it_refuses_a_name_that_nobody_has(own: Path) -> None:
    with pytest.raises(UnknownSegmenter, match="grabcut"):
        weights.segmenter("magic")


def test_the_command_lists_what_is_there_and_what_is_missing(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lite(own)
    call_command("segmenters")
    told = capsys.readouterr().out
    assert "ready   dextr-lite" in told
    assert "missing sam-vit-h" in told
    assert f"sam_vit_h_4b8939.pth is not there. Put it into {own}." in told
    assert "dextr_pascal-sbd.pth or dextr_coco.pth is not there." in told


def test_the_command_tells_a_file_that_is_refused_from_one_that_is_missing(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lite(own)
    (own / "dextr-lite.onnx").write_bytes(b"something else altogether")
    call_command("segmenters")
    told = capsys.readouterr().out
    assert "refused dextr-lite" in told
    assert "is not the file it should be" in told


def test_to_list_them_loads_no_network() -> None:
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'labelapp.settings';"
        "django.setup(); from ml.registry.weights import segmenters; assert segmenters();"
        "print([name for name in ('torch', 'cv2', 'onnxruntime') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
