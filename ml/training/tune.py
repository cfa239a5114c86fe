"""No Django here. Fine-tuning: a network whose head was learned already learns on, the encoder with it.

The head first, on features that stay as they are, then all together, so that the encoder is not bent by a
head that knows nothing yet (A. Kumar et al., "Fine-Tuning can Distort Pretrained Features", ICLR 2022, arXiv
2202.10054). Slower the deeper a layer lies (J. Howard, S. Ruder, "Universal Language Model Fine-tuning",
ACL 2018, arXiv 1801.06146). AdamW (I. Loshchilov, F. Hutter, arXiv 1711.05101), its rate warmed up (P. Goyal
et al., arXiv 1706.02677) and then lowered by a cosine (I. Loshchilov, F. Hutter, arXiv 1608.03983), labels
smoothed a little (C. Szegedy et al., arXiv 1512.00567). The statistics of batch normalisation stay those of
the base: batches of few pictures would spoil them. It stops when a part of the pictures that is only watched
gets no better, and ends with the weights that were best there. No mixup, for the sake of calibration.
"""

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from ml.networks.classifiers import tuned
from ml.networks.classifiers.frame import Frame
from ml.networks.classifiers.heads import Head
from ml.networks.classifiers.lite import LiteClassifier, lite_of
from ml.networks.classifiers.squares import framed, planes
from ml.networks.crops import Picture
from ml.training.export_classifier import graph_of
from ml.training.varied import varied

AHEAD = 2  # batches that are decoded while one is learned from
TEMPERATURES = tuple(2.0 ** (power / 4) for power in range(-12, 13))
_BLOCK = re.compile(r"encoder\._blocks\.(\d+)\.")

Look = Callable[[], Picture | None]
"""Opens a picture (H, W, 3) RGB, in a thread that decodes; None when it cannot be read."""


class DivergedError(ArithmeticError):
    """The loss is no number any more."""


@dataclass(frozen=True)
class Recipe:
    """How it is done. rate: of the layers at the top, at its highest; decay: what it is multiplied by for
    each block further down; warm_up: share of the steps; patience: epochs without anything better."""

    epochs: int = 10
    batch: int = 32
    rate: float = 1e-4
    decay: float = 0.85
    weight_decay: float = 0.01
    warm_up: float = 0.1
    smoothing: float = 0.05
    patience: int = 3
    clip: float = 5.0
    seed: int = 0


@dataclass(frozen=True)
class Material:
    """What is learned from. targets: (N,) class numbers; watched: (N,) whether a picture is only watched, see
    `split.watched`; classes: how many there are. balanced: rare classes weigh more."""

    looks: Sequence[Look]
    targets: NDArray[np.integer]
    watched: NDArray[np.bool_]
    classes: int
    balanced: bool = False


@dataclass(frozen=True)
class Listener:
    """Hears how many of how many steps are done, and lines for people. What it raises ends the work."""

    steps: Callable[[int, int], None]
    line: Callable[[str], None]


@dataclass(frozen=True)
class Watched:
    """How the network does on the watched part. loss: see `best_loss`."""

    loss: float
    right: float


class Tuning:
    """One fine-tuning of `network`, on "cpu" or "cuda"; `decoders` threads decode beside it. A few batches
    are in memory, however many pictures there are."""

    def __init__(
        self,
        network: LiteClassifier,
        material: Material,
        frame: Frame,
        *,
        device: str = "cpu",
        decoders: int = 1,
        recipe: Recipe | None = None,
    ) -> None:
        self.device = torch.device(device)
        self.network = network.eval().to(self.device)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.material, self.frame, self.decoders = material, frame, decoders
        self.recipe = recipe or Recipe()
        self.rows = np.flatnonzero(~material.watched)
        self.watch = np.flatnonzero(material.watched)
        self.done = 0
        self.total = self.recipe.epochs * math.ceil(len(self.rows) / self.recipe.batch)

    def run(self, listener: Listener) -> int:
        """Learn; the epoch whose weights the network ends with, 0 when nothing beat the head alone.

        Raises:
            DivergedError
            MemoryError: the device has too little.
        """
        self.listener = listener
        with ThreadPoolExecutor(self.decoders, "decode") as self.pool:
            try:
                return self._run()
            except torch.OutOfMemoryError as error:
                torch.cuda.empty_cache()
                raise MemoryError(str(error)) from error
            finally:
                self.pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> int:
        recipe, say = self.recipe, self.listener.line
        self._fit_to_the_head()
        best, kept, chosen = self._watched(), _copied(self.network), 0
        say(_beginning(best, len(self.watch)))
        optimiser = torch.optim.AdamW(groups_of(self.network, recipe))
        for epoch in range(1, recipe.epochs + 1):
            loss = self._epoch(optimiser, epoch)
            found = self._watched()
            say(f"Epoch {epoch} of {recipe.epochs}: loss {loss:.3f}{_words(found)}.")
            if best is None or found is None or found.loss < best.loss:
                best, kept, chosen = found, _copied(self.network), epoch
            elif epoch - chosen >= recipe.patience:
                say(f"No better for {recipe.patience} epochs: it stops early.")
                break
        self.network.load_state_dict(kept)
        return chosen

    @torch.no_grad()
    def _fit_to_the_head(self) -> None:
        """The head was learned on features of length 1; here they come as long as they are."""
        weight = self.network.get_parameter("_fc.weight")
        for given, targets in self._batches(self.rows[: self.recipe.batch]):
            if len(targets):
                weight.div_(self._answers(given)[1].norm(dim=1).mean().clamp_min(1e-6))

    def _epoch(self, optimiser: torch.optim.Optimizer, epoch: int) -> float:
        """Once over all pictures in a new order; the mean loss."""
        order = np.random.default_rng((self.recipe.seed, epoch)).permutation(self.rows)
        weights = class_weights(self.material).to(self.device)
        losses: list[float] = []
        for given, targets in self._batches(order, epoch):
            if len(targets):
                losses.append(self._step(optimiser, given, targets, weights))
            self._heard(1)
        return float(np.mean(losses)) if losses else math.nan

    def _step(
        self, optimiser: torch.optim.Optimizer, given: Tensor, targets: Tensor, weights: Tensor
    ) -> float:
        rate = rate_at(self.recipe, self.done, self.total)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["factor"]
        loss = functional.cross_entropy(
            self._answers(given)[0], targets, weights, label_smoothing=self.recipe.smoothing
        )
        if not math.isfinite(value := float(loss.detach())):
            raise DivergedError("The loss grew beyond all numbers; nothing can be learned so.")
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        optimiser.step()
        return value

    @torch.no_grad()
    def _watched(self) -> Watched | None:
        """On the part that is only watched; None where there is none."""
        said: list[Tensor] = []
        right: list[Tensor] = []
        for given, targets in self._batches(self.watch):
            said.append(self._answers(given)[0].cpu())
            right.append(targets.cpu())
            self._heard(0)
        if not sum(map(len, right)):
            return None
        logits, targets = torch.cat(said), torch.cat(right)
        share = float((logits.argmax(1) == targets).float().mean())
        return Watched(best_loss(logits, targets), share)

    def _heard(self, steps: int) -> None:
        self.done += steps
        self.listener.steps(self.done, self.total)

    def _answers(self, given: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, C) and features (B, D), float32; on CUDA computed in bfloat16."""
        kind = self.device.type
        with torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda"):
            logits, features = self.network(given)
        return logits.float(), features.float()

    def _batches(
        self, rows: NDArray[np.integer], epoch: int | None = None
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """(B, 3, S, S) and (B,) of these rows in their order, decoded ahead; varied in an epoch. B is smaller
        where pictures cannot be read."""
        waiting: deque[list[tuple[int, Future[Picture | None]]]] = deque()
        for start in range(0, len(rows), self.recipe.batch):
            part = rows[start : start + self.recipe.batch].tolist()
            waiting.append([(row, self.pool.submit(self._square, row, epoch)) for row in part])
            if len(waiting) > AHEAD:
                yield self._stacked(waiting.popleft())
        while waiting:
            yield self._stacked(waiting.popleft())

    def _square(self, row: int, epoch: int | None) -> Picture | None:
        picture = self.material.looks[row]()
        if picture is None or epoch is None:
            return None if picture is None else framed(picture, self.frame)
        draw = np.random.default_rng((self.recipe.seed, epoch, row))
        return varied(picture, self.frame, draw)

    def _stacked(
        self, asked: Sequence[tuple[int, Future[Picture | None]]]
    ) -> tuple[Tensor, Tensor]:
        squares = [(row, square) for row, one in asked if (square := one.result()) is not None]
        given = torch.from_numpy(planes([square for _, square in squares], self.frame))
        targets = torch.from_numpy(self.material.targets[[row for row, _ in squares]])
        moved = given.to(self.device, memory_format=torch.channels_last)
        return moved, targets.to(self.device, torch.int64)


def _beginning(found: Watched | None, count: int) -> str:
    if found is None:
        return "Too few pictures to watch some of them: all epochs are gone through."
    return f"{count} pictures are only watched; with the head alone{_words(found)[1:]}."


def _words(found: Watched | None) -> str:
    if found is None:
        return ""
    return f"; of the watched {found.right:.1%} right, loss {found.loss:.3f}"


def best_loss(logits: Tensor, targets: Tensor) -> float:
    """The mean negative log-likelihood at the temperature that suits best, since one is fitted in the end;
    without it smoothed labels would look worse than they are."""
    return min(
        float(functional.cross_entropy(logits / temperature, targets))
        for temperature in TEMPERATURES
    )


def class_weights(material: Material) -> Tensor:
    """(C,) what a picture of each class counts; 1 unless they are to be balanced, then 1 on average."""
    if not material.balanced:
        return torch.ones(material.classes)
    counts = np.bincount(material.targets, minlength=material.classes)
    return torch.from_numpy((counts.sum() / (len(counts) * counts)).astype(np.float32))


def rate_at(recipe: Recipe, step: int, total: int) -> float:
    """The learning rate of a step of `total`: up in a line, down in a cosine.

    >>> [round(rate_at(Recipe(rate=1, warm_up=0.2), step, 10), 2) for step in (0, 1, 2, 6, 9)]
    [0.5, 1.0, 1.0, 0.5, 0.04]
    """
    warm = max(1, round(recipe.warm_up * total))
    if step < warm:
        return recipe.rate * (step + 1) / warm
    share = (step - warm) / max(1, total - warm)
    return recipe.rate * (1 + math.cos(math.pi * share)) / 2


def groups_of(network: LiteClassifier, recipe: Recipe) -> list[dict[str, object]]:
    """Parameter groups: slower the deeper; biases and norms do not decay."""
    names = [name for name, _ in network.named_parameters()]
    blocks = 1 + max(int(found[1]) for name in names if (found := _BLOCK.match(name)))
    groups: dict[tuple[int, bool], list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        groups.setdefault((depth_of(name, blocks), weight.ndim > 1), []).append(weight)
    return [
        {
            "params": weights,
            "factor": recipe.decay**depth,
            "weight_decay": recipe.weight_decay if decays else 0.0,
        }
        for (depth, decays), weights in groups.items()
    ]


def depth_of(name: str, blocks: int) -> int:
    """How many blocks lie between a weight and the top."""
    if not name.startswith("encoder."):
        return 0
    found = _BLOCK.match(name)
    return blocks - int(found[1]) if found else blocks + 1


def _copied(network: nn.Module) -> dict[str, Tensor]:
    return {name: one.detach().cpu().clone() for name, one in network.state_dict().items()}


def started(weights: Mapping[str, NDArray[np.float32]], head: Head, path: Path) -> LiteClassifier:
    """The base with these weights (of the file `path`), a learned head in the place of its classifier."""
    mine = {**weights, "_fc.weight": head.weight, "_fc.bias": head.bias}
    return lite_of(mine, path)


def write(network: LiteClassifier, folder: Path) -> dict[str, Path]:
    """Its numbers and its graph, which reads them, as files in `folder`, by their names."""
    numbers, graph = folder / tuned.NUMBERS, folder / tuned.GRAPH
    kept = {
        name: one.contiguous()
        for name, one in _copied(network).items()
        if not name.endswith("num_batches_tracked")
    }
    save_file(kept, numbers)
    numbers.chmod(0o644)  # it is made for its owner alone
    graph.write_bytes(graph_of(numbers).SerializeToString())
    return {one.name: one for one in (graph, numbers)}
