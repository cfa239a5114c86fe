"""`python -m benchmarks [name ...] [--rows N]`: measures, prints, exits 1 when a limit is missed."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time
from collections.abc import Sequence

from benchmarks.figures import Figure
from benchmarks.installation import installation

# These start what they measure themselves; the others share one installation.
ALONE = ("start", "pages")
TOGETHER = (
    "import_labels",
    "deal_submit",
    "table",
    "export",
    "thumbnails",
    "images",
    "masks",
    "predictions",
    "loop",
)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    names = asked.names or [*ALONE, *TOGETHER]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};"
        f" ten million loop turns of Python: {_turns():.2f} s of processor time\n"
    )
    missed = 0
    for name in (one for one in ALONE if one in names):
        missed += _report(name)
    if shared := [one for one in TOGETHER if one in names]:
        with installation() as running:
            for name in shared:
                missed += _report(name, running, asked.rows)
    print(f"{missed} limits missed" if missed else "all limits kept")
    return 1 if missed else 0


def _turns() -> float:
    """Processor seconds of a fixed piece of work: beside others at work a core does less in a second
    of its time, and every figure in processor time grows with it."""
    began, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", type=_known, help="all when none")
    parser.add_argument("--rows", type=int, default=1_000_000, help="labels to generate")
    return parser


def _known(name: str) -> str:
    if name not in {*ALONE, *TOGETHER}:
        raise argparse.ArgumentTypeError(f"{name}: use {', '.join([*ALONE, *TOGETHER])}")
    return name


def _report(name: str, *given: object) -> int:
    """Measure one question and print its figures; how many limits were missed."""
    module = importlib.import_module(f"benchmarks.{name}")
    print(f"== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    began = time.perf_counter()
    figures: list[Figure] = module.measure(*given)
    for figure in figures:
        print(figure.line(), flush=True)
    print(f"  measured in {time.perf_counter() - began:.0f} s\n", flush=True)
    return sum(figure.missed for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
