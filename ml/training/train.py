"""No Django here. Train a segmenter:

    python -m ml.training.train --config ml/training/configs/dextr-lite.toml \\
        --data ../shared/data/masks --out /var/tmp/dextr-lite

Run it again and it goes on from its last checkpoint; kill it whenever you like. It writes log.csv,
curves.png, checkpoint.pt and, whenever a better mean over the validation sets is seen, best.safetensors.
On two shared cores an hour is about 30,000 crops of 160 pixels; see the card beside the weights.
"""

import argparse
import queue
import threading
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from ml.networks.segmenters.dextr import DextrLite, LiteShape
from ml.training import losses, state
from ml.training.batches import Batch, make_batch, with_own_mistakes
from ml.training.curves import draw_curves
from ml.training.data import Crops, DataPlan
from ml.training.watch import Watch

LOG_EVERY = 25


@dataclass(frozen=True)
class Phase:
    """A stretch of training at one input size; the learning rate goes in a cosine between its ends."""

    size: int
    batch: int
    steps: int
    rate_from: float
    rate_to: float
    fine: int = 0


@dataclass(frozen=True)
class Plan:
    shape: LiteShape
    data: DataPlan
    phases: tuple[Phase, ...]
    loss: losses.Shares = field(default_factory=losses.Shares)
    seed: int = 1
    warm_up: int = 100
    encoder_rate: float = 0.5
    decay: float = 0.998
    weight_decay: float = 0.01
    rounds: tuple[float, ...] = (0.6, 0.3, 0.1)
    checkpoint_every: int = 100
    watch_every: int = 500
    watch_objects: int = 30


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file; raises TypeError for a key that means nothing."""
    return plan_of(tomllib.loads(path.read_text("utf-8")))


def plan_of(content: dict[str, Any]) -> Plan:
    """The same of what such a file holds."""
    content = dict(content)
    shape = content.pop("shape", {})
    data = content.pop("data")
    return Plan(
        shape=LiteShape(**{**shape, "widths": tuple(shape.get("widths", LiteShape.widths))}),
        data=DataPlan(**{**data, "cutouts": tuple(data.get("cutouts", ()))}),
        phases=tuple(Phase(**phase) for phase in content.pop("phases")),
        loss=losses.Shares(**content.pop("loss", {})),
        rounds=tuple(content.pop("rounds", Plan.rounds)),
        **content,
    )


def phase_at(plan: Plan, step: int) -> tuple[int, Phase, float]:
    """Number of the phase that `step` lies in, the phase, and how far through it is, in [0, 1)."""
    for number, phase in enumerate(plan.phases):
        if step < phase.steps:
            return number, phase, step / phase.steps
        step -= phase.steps
    raise IndexError("The plan has no such step.")


def rate_at(plan: Plan, step: int) -> float:
    _, phase, share = phase_at(plan, step)
    cosine = (1 + np.cos(np.pi * share)) / 2
    rate = phase.rate_to + (phase.rate_from - phase.rate_to) * cosine
    return float(rate * min(1.0, (step + 1) / plan.warm_up))


def groups_of(network: DextrLite, plan: Plan) -> list[dict[str, Any]]:
    """Parameter groups: the pretrained encoder learns slower; biases and norms do not decay."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        groups.setdefault((name.startswith("encoder."), weight.ndim > 1), []).append(weight)
    return [
        {
            "params": weights,
            "factor": plan.encoder_rate if in_encoder else 1.0,
            "weight_decay": plan.weight_decay if decays else 0.0,
        }
        for (in_encoder, decays), weights in groups.items()
    ]


class Supply:
    """Batches made ahead in a thread of its own; OpenCV lets go of the interpreter in its loops."""

    def __init__(self, crops: Crops, plan: Plan, start: int, ahead: int = 6) -> None:
        self.crops, self.plan, self.step = crops, plan, start
        self.random = np.random.default_rng((plan.seed, start))
        self.ready: queue.Queue[Batch] = queue.Queue(ahead)
        threading.Thread(target=self.work, daemon=True).start()

    def work(self) -> None:
        total = sum(phase.steps for phase in self.plan.phases)
        for step in range(self.step, total):
            _, phase, _ = phase_at(self.plan, step)
            drawn = [self.crops.draw(phase.size, self.random) for _ in range(phase.batch)]
            self.ready.put(make_batch(drawn))


class Run:
    """A training run in its folder: begins or goes on, then `steps`."""

    def __init__(self, plan: Plan, data: Path, out: Path, imagenet: Path | None) -> None:
        self.plan, self.out = plan, out
        out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(plan.seed)
        self.step, self.best, self.seconds, self.fine = 0, 0.0, 0.0, -1
        saved = state.read_checkpoint(out / "checkpoint.pt")
        self.build(plan.phases[0].fine if saved is None else int(saved["fine"]))  # type: ignore[call-overload]
        if saved is not None:
            self.resume(saved)
        elif imagenet is not None:
            weights = torch.load(imagenet, weights_only=True)
            self.network.encoder.load_imagenet(weights)
            self.mean = state.Averaged(self.network, plan.decay)
        self.crops = Crops(data, plan.data)
        self.watch = Watch(data, plan.watch_objects)

    def build(self, fine: int) -> None:
        """The network (with a refinement of `fine` channels), its mean, and a fresh optimiser."""
        self.fine = fine
        shape = LiteShape(self.plan.shape.encoder, self.plan.shape.widths, fine)
        self.network = DextrLite(shape).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.mean = state.Averaged(self.network, self.plan.decay)
        self.optimiser = torch.optim.AdamW(groups_of(self.network, self.plan), betas=(0.9, 0.99))

    def grow(self, fine: int) -> None:
        """Go on with a refinement; what was learnt stays, the optimiser's moments start anew."""
        kept, mean, updates = (
            self.network.state_dict(),
            self.mean.network.state_dict(),
            self.mean.updates,
        )
        self.build(fine)
        state.load_grown(self.network, kept)
        state.load_grown(self.mean.network, mean)
        self.mean.updates = updates

    def resume(self, saved: dict[str, Any]) -> None:
        state.load_grown(self.network, saved["network"])
        state.load_grown(self.mean.network, saved["mean"])
        self.mean.updates = saved["updates"]
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.best, self.seconds = saved["step"], saved["best"], saved["seconds"]

    def save(self) -> None:
        content = {
            "network": self.network.state_dict(),
            "mean": self.mean.network.state_dict(),
            "updates": self.mean.updates,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "best": self.best,
            "seconds": self.seconds,
            "fine": self.fine,
        }
        state.write_checkpoint(self.out / "checkpoint.pt", content)

    def learn(self, batch: Batch) -> float:
        """One step of the optimiser; the loss."""
        rounds = int(
            np.random.default_rng((self.plan.seed, self.step, 7)).choice(
                len(self.plan.rounds), p=self.plan.rounds
            )
        )
        inputs = with_own_mistakes(self.mean.network, batch, rounds)
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.plan, self.step) * group["factor"]
        loss: Tensor = losses.total(self.network(inputs), batch.truth, self.plan.loss)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.mean.update(self.network)
        self.step += 1
        return float(loss.detach())

    def steps(self) -> None:
        """To the end of the plan."""
        supply = Supply(self.crops, self.plan, self.step)
        recent: list[float] = []
        begun, crops = time.monotonic(), 0
        while self.step < sum(phase.steps for phase in self.plan.phases):
            number, phase, _ = phase_at(self.plan, self.step)
            if phase.fine != self.fine:
                self.grow(phase.fine)
            recent.append(self.learn(supply.ready.get()))
            crops += phase.batch
            if self.step % LOG_EVERY == 0:
                spent = time.monotonic() - begun
                self.seconds += spent
                self.log(number, phase, float(np.mean(recent)), crops / spent)
                recent, begun, crops = [], time.monotonic(), 0
            if self.step % self.plan.checkpoint_every == 0:
                self.save()
        self.save()
        self.keep(self.mean.network, "last")

    def log(self, number: int, phase: Phase, loss: float, pace: float) -> None:
        row: dict[str, object] = {
            "step": self.step,
            "phase": number,
            "size": phase.size,
            "rate": f"{rate_at(self.plan, self.step - 1):.2e}",
            "loss": f"{loss:.4f}",
            "crops_per_second": f"{pace:.2f}",
            "seconds": f"{self.seconds:.0f}",
        }
        if self.step % self.plan.watch_every == 0:
            means = self.watch.look(self.mean.network, phase.size)
            row["macro"] = f"{means['macro']:.4f}"
            print(self.step, {name: round(value, 3) for name, value in means.items()}, flush=True)  # noqa: T201
            if means["macro"] > self.best:
                self.best = means["macro"]
                self.keep(self.mean.network, "best")
        state.append_row(self.out / "log.csv", row)
        if self.step % self.plan.watch_every == 0:
            draw_curves(self.out / "log.csv", self.out / "curves.png")

    def keep(self, network: nn.Module, name: str) -> None:
        weights = {key: value.contiguous() for key, value in network.state_dict().items()}
        save_file(weights, self.out / f"{name}.safetensors", {"step": str(self.step)})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.json")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--imagenet", type=Path, help="EfficientNet-Lite weights to begin with")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    cv2.setNumThreads(1)
    Run(read_plan(chosen.config), chosen.data, chosen.out, chosen.imagenet).steps()


if __name__ == "__main__":
    main()
