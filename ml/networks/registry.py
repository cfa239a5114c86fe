"""No Django here. Every segmenter by name: what it is, which files it needs, whether they are there.

A new segmenter is one entry in `SEGMENTERS`; the tests run over all of them. To list them loads no
network: what builds one imports it, since the web process asks here too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ml.networks.weights import (
    WeightFile,
    WeightsError,
    checked,
    load_into,
    load_pickled,
    load_safetensors,
    read_card,
)

if TYPE_CHECKING:
    from ml.networks.crops import Framing
    from ml.networks.segmenters.dextr import TorchNetwork
    from ml.networks.segmenters.protocol import Segmenter

WEIGHTS = Path(__file__).parent.parent / "weights"
LITE = "dextr-lite"
PUBLISHED_SIZE = 512


class UnknownSegmenterError(LookupError):
    """No segmenter of that name."""


@dataclass(frozen=True)
class Options:
    """How to run it. `device`: "cpu" or "cuda"; threads count on the CPU only."""

    threads: int = 1
    device: str = "cpu"


@dataclass(frozen=True)
class Entry:
    """A segmenter that can be asked for. `licence` is that of its weights."""

    name: str
    title: str
    licence: str
    files: Callable[[Path], tuple[WeightFile, ...]]
    build: Callable[[Path, Options], Segmenter]


@dataclass(frozen=True)
class Status:
    """Whether an entry can be used, and if not, what to do about it (one sentence)."""

    entry: Entry
    usable: bool
    reason: str


def open_segmenter(
    name: str, folder: Path = WEIGHTS, *, threads: int = 1, device: str = "cpu"
) -> Segmenter:
    """The segmenter, its files checked and loaded.

    Raises UnknownSegmenterError, or a subclass of WeightsError that says what is wrong with a file.
    """
    entry = find(name)
    for file in entry.files(folder):
        checked(folder, file)
    return entry.build(folder, Options(threads, device))


def find(name: str) -> Entry:
    if name not in SEGMENTERS:
        raise UnknownSegmenterError(
            f"There is no segmenter {name!r}; there are {', '.join(SEGMENTERS)}."
        )
    return SEGMENTERS[name]


def status(name: str, folder: Path = WEIGHTS) -> Status:
    """Whether `name` could be opened, its files' hashes included, without loading it."""
    entry = find(name)
    try:
        for file in entry.files(folder):
            checked(folder, file)
    except WeightsError as error:
        return Status(entry, usable=False, reason=str(error))
    return Status(entry, usable=True, reason="")


def statuses(folder: Path = WEIGHTS) -> list[Status]:
    return [status(name, folder) for name in SEGMENTERS]


def no_files(folder: Path) -> tuple[WeightFile, ...]:
    return ()


def build_grabcut(folder: Path, options: Options) -> Segmenter:
    from ml.networks.segmenters.grabcut import GrabCut

    return GrabCut()


def lite_card(folder: Path) -> dict[str, Any]:
    """What stands beside the shipped network's weights; raises WeightsError."""
    needs = {"files": dict, "size": int, "looks": list, "shape": dict}
    return read_card(folder / f"{LITE}.json", needs)


def lite_files(folder: Path) -> tuple[WeightFile, ...]:
    """As the card in the folder lists them."""
    card = lite_card(folder)
    return tuple(WeightFile(name, sha256) for name, sha256 in card["files"].items())


def build_lite(folder: Path, options: Options) -> Segmenter:
    """By onnxruntime on a CPU, by torch on CUDA.

    On a CPU prompts take turns: eight in one run take as long as eight runs (measured), and the first
    would wait for all. Looks side by side, each with half of the threads, were no faster either.
    """
    from ml.networks.segmenters.crop import CropSegmenter, Look

    card = lite_card(folder)
    looks = [Look(**look) for look in card["looks"]]
    if options.device == "cpu":
        from ml.networks.segmenters.onnx import OnnxNetwork

        network = OnnxNetwork(folder / f"{LITE}.onnx", int(card["size"]), options.threads)
        return CropSegmenter(LITE, network, looks=looks, batch=1)
    return CropSegmenter(LITE, lite_in_torch(folder, options.device), looks=looks)


def lite_in_torch(folder: Path, device: str) -> TorchNetwork:
    """The shipped network from its safetensors; raises MissingKeysError when they do not fit."""
    import torch

    from ml.networks.segmenters.dextr import DextrLite, LiteShape, TorchNetwork

    card = lite_card(folder)
    shape = card["shape"]
    network = DextrLite(LiteShape(shape["encoder"], tuple(shape["widths"]), shape["fine"]))
    path = folder / f"{LITE}.safetensors"
    weights = {name: torch.from_numpy(array) for name, array in load_safetensors(path).items()}
    load_into(network, weights, path)
    return TorchNetwork(network, int(card["size"]), device)


def published_files(folder: Path) -> tuple[WeightFile, ...]:
    """Either of the authors' two files; the one trained on more pictures first."""
    names = ("dextr_pascal-sbd.pth", "dextr_coco.pth")
    there = [name for name in names if (folder / name).is_file()]
    return (WeightFile(there[0] if there else names[0], instead="" if there else names[1]),)


def published_framing() -> Framing:
    """The authors enlarge the box by 50 of the crop's 512 pixels on each side."""
    from ml.networks.crops import Framing

    return Framing(padding=50 / 412, least=0.0, narrowest=0.0)


def build_published(folder: Path, options: Options) -> Segmenter:
    from ml.networks.segmenters.crop import CropSegmenter
    from ml.networks.segmenters.dextr import PublishedDextr, TorchNetwork

    network = PublishedDextr()
    path = folder / published_files(folder)[0].name
    load_into(network.network, load_pickled(path), path)
    runner = TorchNetwork(network, PUBLISHED_SIZE, options.device)
    return CropSegmenter("dextr-resnet101", runner, published_framing())


SAM_FILES = {
    "b": WeightFile(
        "sam_vit_b_01ec64.pth", "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912"
    ),
    "l": WeightFile(
        "sam_vit_l_0b3195.pth", "3adcc4315b642a4d2101128f611684e8734c41232a17c648ed1693702a49a622"
    ),
    "h": WeightFile(
        "sam_vit_h_4b8939.pth", "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e"
    ),
}


def sam_files(size: str, folder: Path) -> tuple[WeightFile, ...]:
    return (SAM_FILES[size],)


def build_sam(size: str, folder: Path, options: Options) -> Segmenter:
    from ml.networks.segmenters.sam import Sam, segment_anything

    path = folder / SAM_FILES[size].name
    model = segment_anything().sam_model_registry[f"vit_{size}"]()
    load_into(model, load_pickled(path), path)
    return Sam(f"sam-vit-{size}", model, options.device)


def sam_entry(size: str) -> Entry:
    return Entry(
        f"sam-vit-{size}",
        f"Segment Anything, ViT-{size.upper()}; for a GPU",
        "Apache-2.0",
        partial(sam_files, size),
        partial(build_sam, size),
    )


SEGMENTERS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            LITE,
            "Four points to a mask, on any CPU; ships with labelapp",
            "MIT",
            lite_files,
            build_lite,
        ),
        Entry(
            "dextr-resnet101",
            "Deep Extreme Cut as published, when you have the authors' file",
            "MIT, as the authors offer their models",
            published_files,
            build_published,
        ),
        sam_entry("b"),
        sam_entry("l"),
        sam_entry("h"),
        Entry("grabcut", "By colour, without a network", "none needed", no_files, build_grabcut),
    )
}
