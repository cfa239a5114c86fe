"""No Django here. The parts that networks are built of: an encoder and a decoder.

The encoder is EfficientNet-Lite (Tan & Le, ICML 2019; the Lite variants: no squeeze-and-excite,
ReLU6 instead of swish). Its parameters carry the key names of the public PyTorch conversion, so
that ImageNet weights load without a table of names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import torch
from torch import Tensor, nn
from torch.nn import functional

BN_EPSILON = 1e-3
BN_MOMENTUM = 0.03
STEM_CHANNELS = 32


@dataclass(frozen=True)
class Stage:
    """Blocks of one width. `repeats` and `channels` are those of the unscaled network."""

    repeats: int
    kernel: int
    stride: int
    expand: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
# The last stage before each halving: features at strides 2, 4, 8, 16 and 32.
TAPS = (0, 1, 2, 4, 6)
SCALES = {"lite0": (1.0, 1.0), "lite1": (1.0, 1.1), "lite2": (1.1, 1.2)}  # width, depth


def scaled_channels(channels: int, width: float) -> int:
    """`channels` times `width`, to the nearest multiple of 8, never below 90 % of it.

    >>> scaled_channels(320, 1.1)
    352
    """
    wanted = channels * width
    rounded = max(8, int(wanted + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * wanted else rounded


def scaled_repeats(stage: int, depth: float) -> int:
    """How often a stage's block is repeated; the first and the last stage are never scaled."""
    repeats = STAGES[stage].repeats
    return repeats if stage in (0, len(STAGES) - 1) else ceil(repeats * depth)


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow does ("SAME"), for inputs that its stride divides.

    With stride 2 the padding is lopsided: one pixel more below and on the right.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, groups: int) -> None:
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)
        before = (kernel - stride) // 2
        self.margins = (before, kernel - stride - before) * 2
        if stride == 1:
            self.padding = (before, before)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  the name is torch's
        if self.stride != (1, 1):
            input = functional.pad(input, self.margins)  # noqa: A001
        return super().forward(input)


def normalisation(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=BN_EPSILON, momentum=BN_MOMENTUM)


class InvertedResidual(nn.Module):
    """Widen, filter each channel, narrow; the input is added where the shapes allow it."""

    def __init__(self, inputs: int, outputs: int, stage: Stage, stride: int) -> None:
        super().__init__()
        width = inputs * stage.expand
        self._expand_conv: nn.Module | None = None
        if stage.expand > 1:
            self._expand_conv = nn.Conv2d(inputs, width, 1, bias=False)
            self._bn0 = normalisation(width)
        self._depthwise_conv = SameConv(width, width, stage.kernel, stride, groups=width)
        self._bn1 = normalisation(width)
        self._project_conv = nn.Conv2d(width, outputs, 1, bias=False)
        self._bn2 = normalisation(outputs)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = x
        if self._expand_conv is not None:
            y = functional.relu6(self._bn0(self._expand_conv(y)))
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        result: Tensor = x + y if self.adds else y
        return result


class EfficientNetLite(nn.Module):
    """EfficientNet-Lite without its classifier.

    In: (B, `inputs`, H, W), H and W multiples of 32. Out: five maps at strides 2, 4, 8, 16, 32,
    whose channel counts are `self.channels`.
    """

    def __init__(self, scale: str, inputs: int) -> None:
        super().__init__()
        width, depth = SCALES[scale]
        self._conv_stem = SameConv(inputs, STEM_CHANNELS, 3, 2, groups=1)
        self._bn0 = normalisation(STEM_CHANNELS)
        blocks: list[nn.Module] = []
        ends, channels = [], STEM_CHANNELS
        for number, stage in enumerate(STAGES):
            outputs = scaled_channels(stage.channels, width)
            for repeat in range(scaled_repeats(number, depth)):
                blocks.append(
                    InvertedResidual(channels, outputs, stage, 1 if repeat else stage.stride)
                )
                channels = outputs
            ends.append((len(blocks), outputs))
        self._blocks = nn.ModuleList(blocks)
        self._taps = {ends[number][0] - 1 for number in TAPS}
        self.channels = [ends[number][1] for number in TAPS]

    def forward(self, x: Tensor) -> list[Tensor]:
        x = functional.relu6(self._bn0(self._conv_stem(x)))
        maps = []
        for number, block in enumerate(self._blocks):
            x = block(x)
            if number in self._taps:
                maps.append(x)
        return maps

    def load_imagenet(self, weights: dict[str, Tensor]) -> None:
        """Take ImageNet weights: the classifier is left out, channels beyond RGB start at zero.

        Raises KeyError when a needed weight is missing and RuntimeError when a shape differs.
        """
        wanted = self.state_dict()
        chosen = {name: weights[name] for name in wanted}
        stem = torch.zeros_like(wanted["_conv_stem.weight"])
        stem[:, :3] = chosen["_conv_stem.weight"]
        chosen["_conv_stem.weight"] = stem
        self.load_state_dict(chosen)


class Separable(nn.Sequential):
    """Depthwise 3x3, then pointwise, each normalised; ReLU6 at the end."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(
            nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False),
            normalisation(inputs),
            nn.ReLU6(),
            nn.Conv2d(inputs, outputs, 1, bias=False),
            normalisation(outputs),
            nn.ReLU6(),
        )


class Merge(nn.Module):
    """One step up: the coarse map, narrowed and doubled in size, beside the fine map."""

    def __init__(self, coarse: int, fine: int, outputs: int) -> None:
        super().__init__()
        self.narrow = nn.Sequential(
            nn.Conv2d(coarse, outputs, 1, bias=False), normalisation(outputs)
        )
        self.lateral = nn.Sequential(
            nn.Conv2d(fine, outputs, 1, bias=False), normalisation(outputs)
        )
        self.mix = nn.Sequential(Separable(outputs, outputs), Separable(outputs, outputs))

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        larger = functional.interpolate(
            self.narrow(coarse), scale_factor=2.0, mode="bilinear", align_corners=False
        )
        return self.mix(functional.relu6(larger + self.lateral(fine)))  # type: ignore[no-any-return]


class Context(nn.Module):
    """What the whole crop looks like, told to every place of the coarsest map."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.whole = nn.Sequential(nn.Conv2d(inputs, outputs, 1), nn.ReLU6())
        self.local = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, bias=False), normalisation(outputs)
        )
        self.mix = Separable(outputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        whole = self.whole(x.mean((2, 3), keepdim=True))
        return self.mix(functional.relu6(self.local(x) + whole))  # type: ignore[no-any-return]


class Pyramid(nn.Module):
    """From five maps to one at stride 2: coarse to fine, a merge at each step.

    `widths` are the channels at strides 32, 16, 8, 4 and 2.
    """

    def __init__(self, channels: Sequence[int], widths: Sequence[int]) -> None:
        super().__init__()
        self.context = Context(channels[-1], widths[0])
        steps = zip(widths, widths[1:], reversed(channels[:-1]), strict=False)
        self.merges = nn.ModuleList(Merge(coarse, fine, outputs) for coarse, outputs, fine in steps)

    def forward(self, maps: list[Tensor]) -> Tensor:
        x: Tensor = self.context(maps[-1])
        for merge, fine in zip(self.merges, reversed(maps[:-1]), strict=True):
            x = merge(x, fine)
        return x
