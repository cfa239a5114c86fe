"""From the fourth click to the painted mask: the editor's own page in Chromium, on large photos."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright

from benchmarks.installation import Installation
from labelapp.accounts.models import User
from labelapp.catalog.models import Dataset, LabelClass
from qa.jobs import services
from qa.jobs.models import Job

Place = tuple[float, float]  # shares of the picture's width and height
WINDOW: ViewportSize = {"width": 1440, "height": 900}
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
ROUND = 22  # pixels that the editor leaves round a fitted picture
FOOT = 80  # and below it, for its hint
PATIENCE = 60_000  # milliseconds
# Milliseconds from the next press to the first frame in which the layer of masks shows something
# at a place in the window. It is looked at once a frame, one pixel of it.
WATCH = """([x, y]) => {
    const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    let pressed = null;
    addEventListener("pointerdown", () => { pressed = performance.now(); }, { capture: true, once: true });
    window.painted = new Promise((done) => {
        const look = () => {
            const layer = document.querySelector("canvas[data-masks]");
            const { left, top } = layer.getBoundingClientRect();
            probe.clearRect(0, 0, 1, 1);
            probe.drawImage(layer, x - left, y - top, 1, 1, 0, 0, 1, 1);
            const shown = probe.getImageData(0, 0, 1, 1).data[3] > 0;
            return shown ? done(performance.now() - pressed) : requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
}"""


def chromium() -> str | None:
    """Where the machine's own Chromium is; None without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def outline_job(admin: User, dataset: Dataset) -> Job:
    """A running job in which every picture of `dataset` is to be outlined."""
    LabelClass.objects.get_or_create(dataset=dataset, key="bloom", defaults={"name": "Bloom"})
    job = services.create_job(
        person=admin, name="Photos to outline", dataset=dataset, kind="segmentation"
    )
    return services.start_job(person=admin, job_id=job.pk, force=True)


def click_to_paint(
    running: Installation, person: User, job: Job, size: tuple[int, int], corners: Sequence[Place]
) -> list[float]:
    """Milliseconds on each picture of the job; all show the object of `corners` at `size` (w, h)."""
    signed_in = Browser()
    signed_in.force_login(person)
    cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    count = job.dataset.image_count
    with _page(f"http://127.0.0.1:{running.web_port}", cookie) as page:
        page.goto(f"/edit/{job.pk}")
        return [_on_one_picture(page, nth, count, size, corners) for nth in range(1, count + 1)]


@contextmanager
def _page(address: str, cookie: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = browser.new_context(base_url=address, viewport=WINDOW)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
        )
        yield context.new_page()
        browser.close()


def _on_one_picture(
    page: Page, nth: int, count: int, size: tuple[int, int], corners: Sequence[Place]
) -> float:
    page.get_by_text(f"Image {nth} of {count}", exact=True).wait_for()
    page.locator("canvas[data-ready=true]").wait_for()
    frame = page.locator("[data-frame]")
    # Decoded by a worker, as when a person looks first.
    page.locator("[data-chip][data-tone=ready]").wait_for()
    places = [_at(frame, size, corner) for corner in corners]
    for x, y in places[:3]:
        page.mouse.click(x, y)
    inside = [sum(axis) / 4 for axis in zip(*places, strict=True)]
    page.evaluate(WATCH, inside)
    page.mouse.click(*places[3])
    found = float(page.evaluate("() => window.painted"))
    page.keyboard.press("Enter")
    page.get_by_label("Accepted").wait_for()
    page.keyboard.press("Shift+Enter")
    return found


def _box(frame: Locator) -> tuple[float, float, float, float]:
    box = frame.bounding_box()
    if box is None:
        raise RuntimeError("the editor's picture is not on the page")
    return box["x"], box["y"], box["width"], box["height"]


def _at(frame: Locator, size: tuple[int, int], share: Place) -> tuple[float, float]:
    """Where a place of the fitted picture of `size` is in the window."""
    left, top, wide, high = _box(frame)
    scale = min((wide - 2 * ROUND) / size[0], (high - ROUND - FOOT) / size[1])
    inner = high - size[1] * scale
    return (
        left + (wide - size[0] * scale) / 2 + share[0] * size[0] * scale,
        top + min(inner / 2, inner - FOOT) + share[1] * size[1] * scale,
    )
