"""No Django here. What one change is worth, everything else equal:

    python -m ml.training.ablate --config ml/training/configs/ablation.toml \\
        --data ../shared/data/masks --imagenet FOLDER --out /var/tmp/ablation --seeds 1 2

Trains each variant of the configuration with each seed and prints, a JSON line each, mean IoU in the crop
over the objects watched, for points 0.7 and 3 pixels off: raw network, no finish. Folder `--imagenet` holds
efficientnet-lite?-*.pth. Begun again it goes on: with the checkpoint, or not at all where a run is done.
"""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

import cv2
import torch

from ml.training.simulate import CAREFUL
from ml.training.train import Plan, Run, plan_of
from ml.training.watch import Watch

CARELESS = 3.0


def variants_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The plan's content for each variant: its own tables laid over the shared ones."""
    shared = {key: value for key, value in content.items() if key != "variants"}
    return {
        name: {
            **shared,
            **{table: {**shared.get(table, {}), **change} for table, change in changes.items()},
        }
        for name, changes in content["variants"].items()
    }


def trained(plan: Plan, data: Path, out: Path, imagenet: Path) -> dict[str, Any]:
    """The variant's figures: from its folder if it was trained before."""
    result = out / "result.json"
    if not result.is_file():
        weights = next(imagenet.glob(f"efficientnet-{plan.shape.encoder}-*.pth"))
        run = Run(plan, data, out, weights)
        run.steps()
        size = plan.phases[-1].size
        watch = Watch(data, plan.watch_objects)
        figures = {
            str(noise): watch.look(run.mean.network, size, noise) for noise in (CAREFUL, CARELESS)
        }
        result.write_text(json.dumps({"points_off": figures, "seconds": run.seconds}))
    found: dict[str, Any] = json.loads(result.read_text())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.json")
    parser.add_argument("--imagenet", type=Path, required=True, help="folder of encoder weights")
    parser.add_argument("--out", type=Path, required=True, help="a folder for each run goes here")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    cv2.setNumThreads(1)
    contents = variants_of(tomllib.loads(chosen.config.read_text("utf-8")))
    for seed in chosen.seeds:
        for name, content in contents.items():
            plan = plan_of({**content, "seed": seed})
            figures = trained(plan, chosen.data, chosen.out / f"{name}-{seed}", chosen.imagenet)
            print(json.dumps({"variant": name, "seed": seed, **figures}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
