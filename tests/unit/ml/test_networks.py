"""The networks themselves: shapes, pretrained weights, and the published one's key names."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from ml.networks import registry
from ml.networks.blocks import EfficientNetLite
from ml.networks.crops import CHANNELS
from ml.networks.deeplab import DeepLab
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.dextr import DextrLite, LiteShape, PublishedDextr, TorchNetwork
from ml.networks.weights import MissingKeysError
from ml.training.state import load_grown

from .pictures import ellipse, photo_of, pointed_at

SMALL = LiteShape("lite0", (32, 24, 16, 16, 8), fine=4)


@pytest.mark.parametrize(
    ("scale", "channels"), [("lite0", [16, 24, 40, 112, 320]), ("lite2", [16, 24, 48, 120, 352])]
)
def test_the_encoder_halves_five_times(scale: str, channels: list[int]) -> None:
    maps = EfficientNetLite(scale, CHANNELS).eval()(torch.zeros(1, CHANNELS, 64, 96))
    assert [tuple(found.shape[1:]) for found in maps] == [
        (count, 32 >> step, 48 >> step) for step, count in enumerate(channels)
    ]


def test_the_encoder_takes_imagenet_weights_and_starts_deaf_to_the_prompt() -> None:
    torch.manual_seed(0)
    weights = EfficientNetLite("lite0", 3).state_dict() | {"_fc.weight": torch.zeros(1000, 1280)}
    encoder = EfficientNetLite("lite0", CHANNELS).eval()
    encoder.load_imagenet(weights)
    picture, prompt = torch.randn(1, 3, 64, 64), torch.randn(1, CHANNELS - 3, 64, 64)
    with torch.no_grad():
        with_prompt = encoder(torch.cat([picture, prompt], 1))[-1]
        without = encoder(torch.cat([picture, 0 * prompt], 1))[-1]
    assert torch.equal(with_prompt, without)
    with pytest.raises(KeyError):
        encoder.load_imagenet({"_conv_stem.weight": torch.zeros(32, 3, 3, 3)})


def test_the_network_answers_at_the_size_of_its_input() -> None:
    network = DextrLite(SMALL).eval()
    assert network(torch.zeros(2, CHANNELS, 64, 64)).shape == (2, 1, 64, 64)


def test_a_refinement_can_join_a_trained_network_without_changing_it() -> None:
    plain = DextrLite(LiteShape(SMALL.encoder, SMALL.widths, 0)).eval()
    grown = DextrLite(SMALL).eval()
    load_grown(grown, plain.state_dict())
    picture = torch.randn(1, CHANNELS, 64, 64)
    with torch.no_grad():
        assert torch.allclose(plain(picture), grown(picture), atol=1e-6)
    with pytest.raises(RuntimeError, match="does not fit"):
        load_grown(
            grown,
            {name: value for name, value in plain.state_dict().items() if "coarse" not in name},
        )


def test_the_network_learns_a_crop_by_heart() -> None:
    torch.manual_seed(0)
    network = DextrLite(SMALL)
    mask = ellipse(64, 64, (14, 10, 52, 56))
    inputs = torch.randn(2, CHANNELS, 64, 64)
    truth = torch.from_numpy(mask.astype(np.float32)).expand(2, 1, 64, 64)
    optimiser = torch.optim.AdamW(network.parameters(), 1e-2)
    first = last = 0.0
    for _ in range(8):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(inputs), truth)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        last = float(loss.detach())
        first = first or last
    assert last < 0.8 * first


def norm_keys(name: str, width: int) -> dict[str, tuple[int, ...]]:
    parts = ("weight", "bias", "running_mean", "running_var")
    return {f"{name}.{part}": (width,) for part in parts} | {f"{name}.num_batches_tracked": ()}


def authors_keys() -> dict[str, tuple[int, ...]]:
    """Names and shapes in a checkpoint of the authors, written down from their description."""
    keys: dict[str, tuple[int, ...]] = {"conv1.weight": (64, 4, 7, 7), **norm_keys("bn1", 64)}
    inputs = 64
    for layer, (blocks, width) in enumerate([(3, 64), (4, 128), (23, 256), (3, 512)], start=1):
        for block in range(blocks):
            name = f"layer{layer}.{block}"
            keys[f"{name}.conv1.weight"] = (width, inputs, 1, 1)
            keys[f"{name}.conv2.weight"] = (width, width, 3, 3)
            keys[f"{name}.conv3.weight"] = (4 * width, width, 1, 1)
            for part, size in (("bn1", width), ("bn2", width), ("bn3", 4 * width)):
                keys |= norm_keys(f"{name}.{part}", size)
            if block == 0:
                keys[f"{name}.downsample.0.weight"] = (4 * width, inputs, 1, 1)
                keys |= norm_keys(f"{name}.downsample.1", 4 * width)
            inputs = 4 * width
    for stage in range(4):
        keys[f"layer5.stages.{stage}.1.weight"] = (512, 2048, 1, 1)
        keys |= norm_keys(f"layer5.stages.{stage}.2", 512)
    keys["layer5.bottleneck.0.weight"] = (512, 4096, 1, 1)
    keys |= norm_keys("layer5.bottleneck.1", 512)
    return keys | {"layer5.final.weight": (1, 512, 1, 1), "layer5.final.bias": (1,)}


def write_authors_file(path: Path, keys: dict[str, tuple[int, ...]]) -> None:
    """Every tensor is one number stretched, so the file is small."""
    tensors: dict[str, Tensor] = {}
    for name, shape in keys.items():
        value = 1.0 if name.endswith("running_var") else 0.001
        one = torch.tensor(0) if name.endswith("tracked") else torch.full((1,) * len(shape), value)
        tensors[name] = one.expand(shape)
    torch.save(tensors, path)


def test_the_published_network_has_the_authors_names_and_shapes() -> None:
    with torch.device("meta"):
        network = DeepLab((3, 4, 23, 3))
    found = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    assert found == authors_keys()


def test_it_opens_a_file_of_the_authors_when_the_user_has_it(tmp_path: Path) -> None:
    write_authors_file(tmp_path / "dextr_pascal-sbd.pth", authors_keys())
    assert registry.status("dextr-resnet101", tmp_path).usable
    segmenter = registry.open_segmenter("dextr-resnet101", tmp_path)
    assert segmenter.name == "dextr-resnet101"


def test_it_refuses_a_file_of_the_authors_that_lacks_weights(tmp_path: Path) -> None:
    keys = {name: shape for name, shape in authors_keys().items() if "layer4.2" not in name}
    write_authors_file(tmp_path / "dextr_coco.pth", keys)
    with pytest.raises(MissingKeysError, match=r"layer4\.2"):
        registry.open_segmenter("dextr-resnet101", tmp_path)


def test_the_published_network_outlines_through_the_same_door() -> None:
    torch.manual_seed(0)
    runner = TorchNetwork(PublishedDextr((1, 1, 1, 1)), 96)
    mask = ellipse(80, 80, (20, 20, 60, 60))
    segmenter = CropSegmenter("small", runner, registry.published_framing())
    answer = segmenter.predict(photo_of(mask), pointed_at(mask))
    assert answer.mask.shape == (80, 80)
    assert answer.mask.any()
