"""No Django here. The networks that take extreme points: ours, and the published one.

`DextrLite` is what ships: an EfficientNet-Lite encoder, a light feature pyramid, and a head that
answers at the input's own resolution.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from ml.networks.blocks import EfficientNetLite, Pyramid, Separable, normalisation
from ml.networks.crops import CHANNELS, DEVIATION, MEAN, Planes
from ml.networks.deeplab import DeepLab


@dataclass(frozen=True)
class LiteShape:
    """What a `DextrLite` is built from; kept beside its weights.

    `widths` are the decoder's channels at strides 32 to 2; `fine` those of the refinement at the
    input's own resolution, 0 for none.
    """

    encoder: str = "lite2"
    widths: tuple[int, ...] = (160, 112, 80, 48, 32)
    fine: int = 0


class Refinement(nn.Module):
    """A correction of the logits at stride 1, from the input itself and the decoder's features.

    It starts as zero, so that it can be added to a network that is trained already.
    """

    def __init__(self, features: int, width: int) -> None:
        super().__init__()
        self.entry = nn.Sequential(
            nn.Conv2d(CHANNELS, width, 3, padding=1, bias=False), normalisation(width), nn.ReLU6()
        )
        self.bridge = nn.Conv2d(features, 4 * width, 1)
        self.mix = Separable(2 * width, width)
        self.finish = nn.Conv2d(width, 1, 3, padding=1)
        nn.init.zeros_(self.finish.weight)
        nn.init.zeros_(self.finish.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        larger = functional.pixel_shuffle(self.bridge(features), 2)
        return self.finish(self.mix(torch.cat([self.entry(x), larger], 1)))  # type: ignore[no-any-return]


class DextrLite(nn.Module):
    """In: (B, 7, S, S) as `crops.network_input` makes it, S a multiple of 32.

    Out: (B, 1, S, S) logits; above zero is object.
    """

    def __init__(self, shape: LiteShape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = EfficientNetLite(shape.encoder, CHANNELS)
        self.decoder = Pyramid(self.encoder.channels, shape.widths)
        self.coarse = nn.Conv2d(shape.widths[-1], 4, 1)
        self.refinement = Refinement(shape.widths[-1], shape.fine) if shape.fine else None

    def forward(self, x: Tensor) -> Tensor:
        features = self.decoder(self.encoder(x))
        # The four values of a pixel at stride 2 are the four pixels that it covers.
        logits = functional.pixel_shuffle(self.coarse(features), 2)
        return logits if self.refinement is None else logits + self.refinement(x, features)


class TorchNetwork:
    """A network in torch; on CUDA it computes in bfloat16."""

    def __init__(self, network: nn.Module, size: int, device: str = "cpu") -> None:
        self.device = torch.device(device)
        self.network = network.eval().to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.size = size

    @torch.inference_mode()
    def logits(self, inputs: Planes) -> Planes:
        """(B, 7, S, S) to (B, S, S)."""
        planes = torch.from_numpy(inputs).to(self.device, memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            answer = self.network(planes)
        found: Planes = answer[:, 0].float().cpu().numpy()
        return found


class PublishedDextr(nn.Module):
    """Deep Extreme Cut as published (Maninis et al., CVPR 2018) behind the inputs that we make.

    Colours go in as 0 to 255, the points as a fourth channel of 0 to 255; it knows no clicks and no
    mask so far. What it calls object has a chance above 0.8, the threshold of the authors' demo.
    """

    THRESHOLD = 0.8
    mean: Tensor
    deviation: Tensor

    def __init__(self, depths: tuple[int, ...] = (3, 4, 23, 3)) -> None:
        super().__init__()
        self.network = DeepLab(depths)
        self.register_buffer("mean", torch.from_numpy(MEAN)[:, None, None], persistent=False)
        self.register_buffer(
            "deviation", torch.from_numpy(DEVIATION)[:, None, None], persistent=False
        )
        self.offset = float(np.log(self.THRESHOLD / (1 - self.THRESHOLD)))

    def forward(self, x: Tensor) -> Tensor:
        colours = x[:, :3] * self.deviation + self.mean
        logits = self.network(255 * torch.cat([colours, x[:, 3:4]], 1))
        larger = functional.interpolate(logits, x.shape[2:], mode="bilinear", align_corners=True)
        return larger - self.offset
