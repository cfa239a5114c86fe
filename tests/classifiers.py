"""Small ONNX classifiers that name a picture's colour, and broken ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

COLOURS = ("Red", "Green", "Blue")
PLAIN = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
SIZE = 32


def write_classifier(
    path: Path,
    *,
    size: int | str = SIZE,
    batch: int | str = "batch",
    colours_last: bool = False,
    softmax: bool = False,
    features: bool = False,
    operator: str = "",
    outside: str = "",
    sharpness: float = 4.0,
) -> Path:
    """The mean colour is the class. `operator`: one of this name, which nobody has, at its end.
    `outside`: the file that its weights are said to lie in."""
    shape: list[Any] = [batch, size, size, 3] if colours_last else [batch, 3, size, size]
    axes = [1, 2] if colours_last else [2, 3]
    nodes = [
        helper.make_node("ReduceMean", ["pictures"], ["means"], axes=axes, keepdims=0),
        helper.make_node("Gemm", ["means", "weight"], ["answers"]),
    ]
    last = "answers"
    if softmax:
        nodes.append(helper.make_node("Softmax", [last], ["chances"], axis=1))
        last = "chances"
    if operator:
        nodes.append(helper.make_node(operator, [last], ["odd"], domain="org.nobody"))
        last = "odd"
    outputs = [_numbers(last, [batch, 3])]
    if features:
        outputs.append(_numbers("means", [batch, 3]))
    weight = numpy_helper.from_array(np.diag([np.float32(sharpness)] * 3), "weight")
    if outside:
        _move_out(weight, outside)
    graph = helper.make_graph(
        nodes, "colours", [_numbers("pictures", shape)], outputs, initializer=[weight]
    )
    imports = [helper.make_opsetid("", 17), helper.make_opsetid("org.nobody", 1)]
    model = helper.make_model(graph, opset_imports=imports, ir_version=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())
    return path


def _numbers(name: str, shape: Sequence[Any]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def _move_out(weight: TensorProto, place: str) -> None:
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    for key, value in (("location", place), ("offset", "0"), ("length", "36")):
        weight.external_data.add(key=key, value=value)


def write_weight(path: Path, sharpness: float = 4.0) -> None:
    """What a model whose weights lie `outside` reads."""
    path.write_bytes((sharpness * np.eye(3, dtype=np.float32)).tobytes())
