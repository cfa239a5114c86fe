"""Weight files: found, checked, and never run."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from ml.networks import registry, weights
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.dextr import DextrLite
from ml.networks.weights import WeightFile
from ml.training.export import halved, mean_of, network_of
from tests.networks import LOOKS, SMALL, export_small_lite


class RunsCode:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    export_small_lite(folder)
    return folder


def test_torch_and_onnx_compute_the_same(exported: Path) -> None:
    fast = registry.open_segmenter(registry.LITE, exported)
    plain = registry.lite_in_torch(exported, "cpu")
    assert isinstance(fast, CropSegmenter)
    assert fast.looks == LOOKS
    for look in LOOKS:
        shape = (3, 7, look.size, look.size)
        inputs = np.random.default_rng(0).normal(size=shape).astype(np.float32)
        difference = np.abs(fast.network.logits(inputs) - plain.logits(inputs))
        assert difference.max() < 1e-3
        assert plain.logits(inputs).std() > 1e-3


def test_the_graph_holds_no_second_copy_of_the_weights(exported: Path) -> None:
    tensors, graph = (exported / f"{registry.LITE}.{kind}" for kind in ("safetensors", "onnx"))
    assert graph.stat().st_size < 0.1 * tensors.stat().st_size


def test_the_mean_of_several_files_is_what_is_exported(tmp_path: Path) -> None:
    files = [tmp_path / "1.safetensors", tmp_path / "2.safetensors"]
    for value, path in enumerate(files):
        save_file({"a": torch.full((2,), float(value)), "steps": torch.tensor(value)}, path)
    assert mean_of(files)["a"].tolist() == [0.5, 0.5]


def test_half_precision_costs_next_to_nothing() -> None:
    network = DextrLite(SMALL).eval()
    again = network_of(halved(network.state_dict()), SMALL)
    inputs = torch.randn(1, 7, 64, 64)
    with torch.no_grad():
        assert (network(inputs) - again(inputs)).abs().max() < 0.02


def test_it_refuses_a_file_with_another_hash(exported: Path, tmp_path: Path) -> None:
    for path in exported.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / f"{registry.LITE}.safetensors").open("ab") as file:
        file.write(b"x")
    with pytest.raises(weights.WrongHashError, match="was not loaded"):
        registry.open_segmenter(registry.LITE, tmp_path)
    assert not registry.status(registry.LITE, tmp_path).usable


def test_it_says_where_a_missing_file_goes(tmp_path: Path) -> None:
    with pytest.raises(weights.MissingWeightsError, match=str(tmp_path)):
        registry.open_segmenter("sam-vit-b", tmp_path)
    states = {state.entry.name: state for state in registry.statuses(tmp_path)}
    assert states["grabcut"].usable
    assert not states[registry.LITE].usable
    assert "sam_vit_h_4b8939.pth" in states["sam-vit-h"].reason


def test_it_refuses_an_unknown_segmenter() -> None:
    with pytest.raises(registry.UnknownSegmenterError, match="grabcut"):
        registry.open_segmenter("magic")


def test_it_refuses_a_pickle_that_would_run_code(tmp_path: Path) -> None:
    (tmp_path / "dextr_coco.pth").write_bytes(pickle.dumps(RunsCode(tmp_path / "ran")))
    with pytest.raises(weights.UnsafeWeightsError, match="Nothing in it was run"):
        registry.open_segmenter("dextr-resnet101", tmp_path)
    torch.save({"conv1.weight": RunsCode(tmp_path / "ran")}, tmp_path / "dextr_coco.pth")
    with pytest.raises(weights.UnsafeWeightsError):
        registry.open_segmenter("dextr-resnet101", tmp_path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("content", [b"", b"not a tensor in sight", b"PK\x03\x04 broken"])
def test_it_refuses_a_file_that_holds_no_weights(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dextr_coco.pth").write_bytes(content)
    with pytest.raises(weights.UnsafeWeightsError):
        registry.open_segmenter("dextr-resnet101", tmp_path)
    (tmp_path / "some.safetensors").write_bytes(content)
    with pytest.raises(weights.UnsafeWeightsError):
        weights.load_safetensors(tmp_path / "some.safetensors")


def test_it_refuses_weights_that_lack_a_key_or_have_another_shape(
    exported: Path, tmp_path: Path
) -> None:
    whole = {
        name: torch.from_numpy(value)
        for name, value in weights.load_safetensors(
            exported / f"{registry.LITE}.safetensors"
        ).items()
    }
    network = DextrLite(SMALL)
    lacking = {name: value for name, value in whole.items() if name != "coarse.bias"}
    with pytest.raises(weights.MissingKeysError, match=r"coarse\.bias"):
        weights.load_into(network, lacking, tmp_path)
    with pytest.raises(weights.MissingKeysError, match="shape"):
        weights.load_into(network, whole | {"coarse.bias": torch.zeros(9)}, tmp_path)
    with pytest.raises(weights.MissingKeysError, match="unknown"):
        weights.load_into(network, whole | {"stranger": torch.zeros(9)}, tmp_path)


def test_a_file_without_a_hash_is_only_asked_to_be_there(tmp_path: Path) -> None:
    save_file({"a": torch.zeros(2)}, tmp_path / "mine.safetensors")
    assert weights.checked(tmp_path, WeightFile("mine.safetensors")).is_file()
