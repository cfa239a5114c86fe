"""No Django here. Make a run's averaged weights the shipped ones:

    python -m ml.training.export --weights RUN/best.safetensors --config CONFIG --looks 160 192m

writes dextr-lite.safetensors (float16), dextr-lite.onnx and dextr-lite.json into ml/weights. The ONNX
file holds the graph alone; its weights are those of the safetensors file beside it, cast to float32
when a session loads them. So there is one copy of the numbers, and both ways compute with the same.

Of several weight files (one run at several steps) the mean is taken. `--looks` are the runs of the
network whose mean is the answer: the input's side, and an m when the crop is mirrored for it.
"""

import argparse
import io
import json
import struct
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, helper
from safetensors.torch import load_file, save_file
from torch import Tensor

from ml.networks.crops import CHANNELS
from ml.networks.registry import LITE, WEIGHTS
from ml.networks.segmenters.crop import Look
from ml.networks.segmenters.dextr import DextrLite, LiteShape
from ml.networks.weights import sha256_of
from ml.training.train import read_plan

OPSET = 17


def halved(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Every number in float16; counters that only training needs are left out."""
    return {
        name: value.half().contiguous()
        for name, value in weights.items()
        if not name.endswith("num_batches_tracked")
    }


def network_of(weights: dict[str, Tensor], shape: LiteShape) -> DextrLite:
    network = DextrLite(shape)
    counters = {name: value for name, value in network.state_dict().items() if name not in weights}
    network.load_state_dict(
        {**counters, **{name: value.float() for name, value in weights.items()}}
    )
    return network.eval()


def traced(network: DextrLite, size: int) -> ModelProto:
    """The graph with every weight still under its own name, batch and sides free."""
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (torch.zeros(1, CHANNELS, size, size),),
            target,  # type: ignore[arg-type]
            input_names=["input"],
            output_names=["logits"],
            dynamic_axes={
                name: {0: "batch", 2: "height", 3: "width"} for name in ("input", "logits")
            },
            opset_version=OPSET,
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
            dynamo=False,
        )
    return onnx.load_from_string(target.getvalue())


def places_in(path: Path) -> dict[str, tuple[int, int]]:
    """Where each tensor's bytes begin in a safetensors file, and how many there are."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    return {
        name: (
            8 + length + entry["data_offsets"][0],
            entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
    }


def pointing_at(model: ModelProto, file: Path) -> ModelProto:
    """`model` whose weights lie in the float16 safetensors `file`, each cast to float32 once."""
    places = places_in(file)
    kept, casts = [], []
    for tensor in model.graph.initializer:
        if tensor.name not in places:
            kept.append(tensor)
            continue
        offset, length = places[tensor.name]
        half = TensorProto(
            name=f"{tensor.name}.half", data_type=TensorProto.FLOAT16, dims=tensor.dims
        )
        half.data_location = TensorProto.EXTERNAL
        for key, value in (("location", file.name), ("offset", offset), ("length", length)):
            half.external_data.add(key=key, value=str(value))
        kept.append(half)
        casts.append(helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)
    return model


def export(
    weights: dict[str, Tensor], shape: LiteShape, looks: Sequence[Look], folder: Path
) -> None:
    """Write the three files into `folder`."""
    size = max(look.size for look in looks)
    half = halved(weights)
    tensors, graph = folder / f"{LITE}.safetensors", folder / f"{LITE}.onnx"
    save_file(half, tensors)
    tensors.chmod(0o644)  # it is made for its owner alone
    model = pointing_at(traced(network_of(half, shape), size), tensors)
    graph.write_bytes(model.SerializeToString())
    card = {
        "name": LITE,
        "size": size,
        "looks": [asdict(look) for look in looks],
        "shape": {"encoder": shape.encoder, "widths": list(shape.widths), "fine": shape.fine},
        "parameters": int(sum(np.prod(value.shape) for value in half.values())),
        "files": {path.name: sha256_of(path) for path in (tensors, graph)},
    }
    (folder / f"{LITE}.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def mean_of(files: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of each weight over `files`, which hold the same names and shapes."""
    loaded = [load_file(path) for path in files]
    return {
        name: torch.stack([weights[name].float() for weights in loaded]).mean(0)
        for name in loaded[0]
    }


def look_of(text: str) -> Look:
    """160 or 160m; the side must be a multiple of 32."""
    look = Look(int(text.removesuffix("m")), text.endswith("m"))
    if look.size <= 0 or look.size % 32:
        raise argparse.ArgumentTypeError(f"{look.size} is not a multiple of 32")
    return look


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="a run's best.safetensors"
    )
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--looks", type=look_of, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    weights = mean_of(chosen.weights)
    plan = read_plan(chosen.config)
    fine = (
        weights["refinement.finish.weight"].shape[1] if "refinement.finish.weight" in weights else 0
    )
    shape = LiteShape(plan.shape.encoder, plan.shape.widths, fine)
    chosen.out.mkdir(parents=True, exist_ok=True)
    export(weights, shape, chosen.looks, chosen.out)


if __name__ == "__main__":
    main()
