"""Take the README's pictures anew: `make screenshots`.

Starts a labelapp of its own with the demo, reviews a part of it through the API (marking wrong what
the digits' true names say is wrong), and photographs the screens in Chromium: a batch with some mistakes
as it is reviewed, then the other screens.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
# As many mistakes as one sees at a glance in the batch that is shown.
MISTAKES = 4
SIZE: ViewportSize = {"width": 1440, "height": 900}


class Api(requests.Session):
    """The API of the labelapp under the camera."""

    def __init__(self, base: str, username: str, password: str) -> None:
        super().__init__()
        self.base = f"{base}/api/v1"
        given = {"username": username, "password": password, "name": "screenshots"}
        self.headers["Authorization"] = f"Bearer {self.send_json('auth/token/', given)['token']}"

    def read_json(self, path: str) -> Any:
        answer = self.get(path if path.startswith("http") else f"{self.base}/{path}", timeout=30)
        answer.raise_for_status()
        return answer.json()

    def send_json(self, path: str, body: Any, **headers: str) -> Any:
        answer = self.post(f"{self.base}/{path}", json=body, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer.json()


def main() -> None:
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine.")
    TARGET.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="labelapp-screenshots-", dir="/tmp"))
    place.chmod(0o711)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(place / "data")}
    labelapp = subprocess.Popen(
        [sys.executable, "-m", "labelapp.local"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        passwords = wait_for_accounts(place / "data", base)
        photograph(base, passwords)
    finally:
        labelapp.send_signal(signal.SIGTERM)
        labelapp.wait(60)
        shutil.rmtree(place, ignore_errors=True)


def wait_for_accounts(data: Path, base: str) -> dict[str, str]:
    """The first passwords by user name, once the page is ready."""
    for _ in range(180):
        try:
            ready = requests.get(f"{base}/readyz", timeout=5).ok
        except requests.ConnectionError:
            ready = False
        if ready:
            lines = (data / "accounts.txt").read_text().splitlines()
            return {line.split()[0]: line.split()[2] for line in lines if line[0] != "#"}
        time.sleep(1)
    sys.exit("labelapp did not become ready within three minutes.")


def mistakes(api: Api, job: str, truth: dict[str, str]) -> dict[str, set[str]]:
    """Of each batch the items whose label is not what the digit really is."""
    found: dict[str, set[str]] = {}
    for page in pages(api, f"items/?job={job}&page_size=2000"):
        for item in page:
            wrong = found.setdefault(item["batch"], set())
            if truth[item["image_ref"]] != item["label_class"]["name"]:
                wrong.add(item["id"])
    return found


def review_some(api: Api, job: str, wrong: set[str], keep: set[str], batches: int) -> None:
    """Submit so many batches as a careful reviewer would, or more until the one with the items `keep`
    came; that one is given back, so that it is dealt next."""
    kept: list[str] = []
    submitted, pace = 0, random.Random(7)  # noqa: S311 (times that differ, no secret)
    while submitted < batches or not kept:
        held = api.send_json(f"jobs/{job}/claim/", {"holding": kept})["assignment"]
        items = {tile["id"] for tile in held["items"]}
        if items & keep:
            kept.append(held["id"])
            continue
        verdicts = {item: "disconfirm" if item in wrong else "confirm" for item in items}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        body = {"verdicts": verdicts, "active_ms": int(pace.lognormvariate(10.3, 0.35))}
        api.send_json(f"assignments/{held['id']}/submit/", body, **key)
        submitted += 1
    for assignment in kept:
        api.send_json(f"assignments/{assignment}/release/", {})


def pages(api: Api, path: str) -> Any:
    address: str | None = path
    while address:
        answer = api.read_json(address)
        yield answer["results"]
        address = answer["next"]


def true_names() -> dict[str, str]:
    """What each digit of the demo really is, by its path."""
    from sklearn.datasets import load_digits

    names = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return {
        f"digits/{number:04}.png": names[digit] for number, digit in enumerate(load_digits().target)
    }


def photograph(base: str, passwords: dict[str, str]) -> None:
    api = Api(base, "admin", passwords["admin"])
    job = api.read_json("jobs/?kind=verification")["results"][0]
    by_batch = mistakes(api, job["id"], true_names())
    shown = min(by_batch.values(), key=lambda wrong: abs(len(wrong) - MISTAKES))
    review_some(api, job["id"], set().union(*by_batch.values()), shown, 57)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in ("light", "dark"):
            page = browser.new_context(viewport=SIZE, color_scheme=scheme).new_page()
            sign_in(page, base, "labeler", passwords["labeler"])
            review(page, base, job["id"], shown)
            page.screenshot(path=TARGET / f"review-{scheme}.png")
        page = browser.new_context(viewport=SIZE).new_page()
        sign_in(page, base, "admin", passwords["admin"])
        for name, path in {
            "analysis": f"/analysis/{job['id']}",
            "job": f"/jobs/{job['id']}",
            "dataset": f"/datasets/{job['dataset']}",
        }.items():
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1000)
            page.screenshot(path=TARGET / f"{name}.png")
        browser.close()


def sign_in(page: Page, base: str, username: str, password: str) -> None:
    page.goto(f"{base}/sign-in")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def review(page: Page, base: str, job: str, wrong: set[str]) -> None:
    """Open the batch and mark its mistakes, the last of them as unsure; what is marked stays so."""
    page.goto(f"{base}/review/{job}")
    page.get_by_role("grid").wait_for()
    page.wait_for_timeout(1500)
    cells = page.locator("[data-item]").all()
    tiles = [
        cell.locator("[data-tile]") for cell in cells if cell.get_attribute("data-item") in wrong
    ]
    for tile in tiles:
        if (tile.get_attribute("aria-label") or "").endswith(", right"):
            tile.click()
            if tile is tiles[-1]:
                page.keyboard.press("KeyU")
    page.mouse.move(1, 1)
    page.get_by_text("Saved", exact=True).wait_for()
    page.wait_for_timeout(800)


if __name__ == "__main__":
    main()
