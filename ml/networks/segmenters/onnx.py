"""No Django here. The shipped network by onnxruntime: the way on a CPU, without torch."""

from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from ml.networks.crops import Planes
from ml.networks.weights import UnsafeWeightsError

BROKEN = (
    refusals.InvalidProtobuf,
    refusals.InvalidGraph,
    refusals.InvalidArgument,
    refusals.NotImplemented,
    refusals.Fail,
)


class OnnxNetwork:
    """An ONNX file with one input (B, 7, S, S) and one output (B, 1, S, S).

    threads: how many the arithmetic of one run may use; they wait asleep, not spinning, since other
    workers share the cores. Raises UnsafeWeightsError for a file that holds no such network.
    """

    def __init__(self, path: Path, size: int, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self.session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except BROKEN as error:
            raise UnsafeWeightsError(f"{path} holds no network that can be run.") from error
        self.input = self.session.get_inputs()[0].name
        self.size = size

    def logits(self, inputs: Planes) -> Planes:
        found = self.session.run(None, {self.input: np.ascontiguousarray(inputs, np.float32)})
        answer: Planes = np.asarray(found[0])[:, 0]
        return answer
