"""No Django here. EfficientNet-Lite with its classifier, in torch: for CUDA, and to write its graph."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ml.networks.blocks import EfficientNetLite, SameConv, normalisation
from ml.networks.classifiers.protocol import Scores
from ml.networks.crops import Planes
from ml.networks.weights import load_into, load_safetensors

FEATURES = 1280


class LiteClassifier(nn.Module):
    """In: (B, 3, H, W), H and W multiples of 32. Out: logits (B, `classes`) and the pooled features
    (B, 1280) that they are made from. Its parameters are named as in `EfficientNetLite`."""

    def __init__(self, scale: str, classes: int) -> None:
        super().__init__()
        self.encoder = EfficientNetLite(scale, 3)
        self._conv_head = SameConv(self.encoder.channels[-1], FEATURES, 1, 1, groups=1)
        self._bn1 = normalisation(FEATURES)
        self._fc = nn.Linear(FEATURES, classes)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        deepest = self.encoder(x)[-1]
        features = functional.relu6(self._bn1(self._conv_head(deepest))).mean((2, 3))
        return self._fc(features), features


HEAD = ("_conv_head", "_bn1", "_fc")


def with_encoder(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Flat names of the public conversion (`_blocks...`, `_fc...`) as `LiteClassifier` has them."""
    return {
        name if name.startswith(HEAD) else f"encoder.{name}": value
        for name, value in weights.items()
    }


class TorchClassifier:
    """A network on CUDA, in bfloat16. See `protocol.Classifier`."""

    def __init__(self, network: nn.Module, batch: int, device: str) -> None:
        self.batch = batch
        self.device = torch.device(device)
        self.network = network.eval().to(self.device, torch.bfloat16)

    @torch.inference_mode()
    def run(self, planes: Planes) -> Scores:
        try:
            given = torch.from_numpy(np.ascontiguousarray(planes)).to(self.device, torch.bfloat16)
            logits, features = self.network(given.contiguous(memory_format=torch.channels_last))
        except torch.OutOfMemoryError as error:
            torch.cuda.empty_cache()
            raise MemoryError(str(error)) from error
        return Scores(logits.float().cpu().numpy(), features.float().cpu().numpy())


def lite_of(weights: dict[str, NDArray[np.float32]], path: Path) -> LiteClassifier:
    """The built-in network with these weights; raises MissingKeysError when they do not fit."""
    network = LiteClassifier("lite0", len(weights["_fc.bias"]))
    load_into(network, {name: torch.from_numpy(one) for name, one in weights.items()}, path)
    return network


def on_cuda(path: Path, batch: int) -> TorchClassifier:
    """The built-in network from its safetensors file."""
    return TorchClassifier(lite_of(load_safetensors(path), path), batch, "cuda")
