"""No Django here. Where a worker computes."""

from pathlib import Path

DRIVER = Path("/proc/driver/nvidia/version")


def best_device(wanted: str = "auto") -> str:
    """ "cuda" or "cpu". "auto" loads torch only where an NVIDIA driver is."""
    if wanted != "auto":
        return wanted
    if not DRIVER.exists():
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def training_device(wanted: str = "auto") -> str | None:
    """Where an encoder learns; None where that takes CUDA and there is none. "cuda" asks torch also where
    no driver's file tells of a GPU."""
    if wanted == "cpu":
        return "cpu"
    if wanted == "auto":
        return "cuda" if best_device() == "cuda" else None
    import torch

    return "cuda" if torch.cuda.is_available() else None
