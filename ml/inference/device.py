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
