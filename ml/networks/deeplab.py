"""No Django here. DeepLab-v2 on a ResNet-101 with a pyramid pooling head, for four input channels.

He et al. 2016, Chen et al. 2017 (dilation in place of the last two halvings: output stride 8), Zhao et
al. 2017 (the head). Written from the papers; the names of the parts are those of the authors'
checkpoints of Deep Extreme Cut, so that these load as they are.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

POOLED = (1, 2, 3, 6)  # cells across and down that the head averages over


class Bottleneck(nn.Module):
    """1x1, 3x3 (dilated), 1x1; the stride is in the first convolution, as in the Caffe networks."""

    def __init__(
        self, inputs: int, width: int, stride: int, dilation: int, *, projects: bool
    ) -> None:
        super().__init__()
        outputs = 4 * width
        self.conv1 = nn.Conv2d(inputs, width, 1, stride=stride, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = (
            nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), nn.BatchNorm2d(outputs)
            )
            if projects
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu(self.bn1(self.conv1(x)))
        y = functional.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


class PyramidPooling(nn.Module):
    """Averages over coarse cells, laid beside the features themselves, then one class."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        part = inputs // len(POOLED)
        self.stages = nn.ModuleList(
            nn.Sequential(
                nn.AdaptiveAvgPool2d(cells),
                nn.Conv2d(inputs, part, 1, bias=False),
                nn.BatchNorm2d(part),
                nn.ReLU(),
            )
            for cells in POOLED
        )
        self.bottleneck = nn.Sequential(
            nn.Conv2d(2 * inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
        )
        self.final = nn.Conv2d(outputs, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        parts = [
            functional.interpolate(stage(x), x.shape[2:], mode="bilinear", align_corners=False)
            for stage in self.stages
        ]
        return self.final(self.bottleneck(torch.cat([*parts, x], 1)))  # type: ignore[no-any-return]


class DeepLab(nn.Module):
    """In: (B, 4, S, S). Out: (B, 1, about S/8, about S/8) logits.

    depths: blocks of the four stages; (3, 4, 23, 3) is ResNet-101.
    """

    def __init__(self, depths: tuple[int, ...]) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(4, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = stage(64, 64, depths[0], 1, 1)
        self.layer2 = stage(256, 128, depths[1], 2, 1)
        self.layer3 = stage(512, 256, depths[2], 1, 2)
        self.layer4 = stage(1024, 512, depths[3], 1, 4)
        self.layer5 = PyramidPooling(2048, 512)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.max_pool2d(x, 3, stride=2, padding=1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.layer5(x)  # type: ignore[no-any-return]


def stage(inputs: int, width: int, blocks: int, stride: int, dilation: int) -> nn.Sequential:
    first = Bottleneck(inputs, width, stride, dilation, projects=True)
    others = [Bottleneck(4 * width, width, 1, dilation, projects=False) for _ in range(blocks - 1)]
    return nn.Sequential(first, *others)
