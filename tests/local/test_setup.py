"""The set-up: what it skips, and which torch it takes. Nothing is installed here."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from labelapp.local.folder import ROOT

# Stands for a Python whose pip notes what it was asked for, and finds no wheel anywhere.
FAKE_PYTHON = """#!/bin/sh
echo "$*" >> {log}
case "$*" in
    *--dry-run*) echo '{offer}' ;;
    *json.load*) cat ;;
    *importlib.metadata*) exit 1 ;;
    *--index-url*) exit 1 ;;
esac
"""


def torch(
    place: Path, *, offer: str = "", gpu: bool = False, **environment: str
) -> tuple[int, str]:
    """Runs setup_torch.sh; its exit status and what pip was asked to install."""
    log, python, smi = place / "log", place / "python", place / "nvidia-smi"
    python.write_text(FAKE_PYTHON.format(log=log, offer=offer))
    smi.write_text(f"#!/bin/sh\nexit {0 if gpu else 9}\n")
    for program in (python, smi):
        program.chmod(0o755)
    ran = subprocess.run(
        ["sh", ROOT / "scripts" / "setup_torch.sh", python],
        env={"PATH": f"{place}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        check=False,
    )
    asked = log.read_text().splitlines() if log.exists() else []
    installs = [line for line in asked if "pip install" in line and "--dry-run" not in line]
    return ran.returncode, "\n".join(installs)


def test_without_a_gpu_it_takes_the_cpu_build_that_pip_finds(tmp_path: Path) -> None:
    assert torch(tmp_path, offer="2.13.0+cpu") == (0, "-m pip install torch==2.13.0+cpu")


def test_without_a_cpu_build_it_stops_and_never_takes_cuda(tmp_path: Path) -> None:
    status, asked = torch(tmp_path, offer="2.13.0", LABELAPP_TORCH_INDEX="http://127.0.0.1:1/cpu")
    assert status == 1
    assert asked == "-m pip install --index-url http://127.0.0.1:1/cpu --no-deps torch==2.13.0"


def test_with_a_gpu_it_takes_the_matching_pair(tmp_path: Path) -> None:
    expected = "-m pip install torch==2.13.0 torchvision==0.28.0"
    assert torch(tmp_path, gpu=True) == (0, expected)


@pytest.mark.parametrize(("choice", "status"), [("skip", 0), ("cpux", 2)])
def test_it_does_what_it_is_told_and_nothing_on_nonsense(
    tmp_path: Path, choice: str, status: int
) -> None:
    assert torch(tmp_path, LABELAPP_TORCH=choice) == (status, "")


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup", ROOT / "scripts" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "stamps")
    return module


def test_a_step_is_needed_until_it_succeeds_and_again_when_its_files_change(
    setup: ModuleType, tmp_path: Path
) -> None:
    decides, made = tmp_path / "requirements.txt", tmp_path / "made"
    decides.write_text("one")
    made.touch()

    def needed() -> bool:
        with setup.step("a step", [decides], made=made) as answer:
            return bool(answer)

    with pytest.raises(setup.SetupError), setup.step("a step", [decides], made=made):
        raise setup.SetupError("pip failed")
    assert [needed(), needed()] == [True, False]
    decides.write_text("two")
    assert [needed(), needed()] == [True, False]
    made.unlink()
    assert needed()


def test_a_missing_browser_fails_only_in_ci(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "browser", lambda: None)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    setup.find_browser()
    assert "will be skipped" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(setup.SetupError, match="no Chromium"):
        setup.find_browser()
