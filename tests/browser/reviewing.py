"""The review screen as a person sees and uses it."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from qa.jobs.models import Job
from qa.verification.models import Item, Verdict


class Screen:
    """One person's review screen."""

    def __init__(self, page: Page, job: Job) -> None:
        self.page, self.job = page, job

    def open(self) -> "Screen":
        self.page.goto(f"/review/{self.job.pk}")
        self.is_ready()
        return self

    @property
    def tiles(self) -> Locator:
        return self.page.get_by_role("grid").get_by_role("button", name="Picture")

    def tile(self, number: int) -> Locator:
        """The tile that is called "Picture <number>", counted from 1."""
        return self.page.locator(f'[data-tile="{number - 1}"]')

    def is_ready(self) -> None:
        """A batch is on the screen and may be sent."""
        expect(self.submit_button).to_be_enabled()
        expect(self.tile(1)).to_be_focused()

    @property
    def submit_button(self) -> Locator:
        return self.page.get_by_role("button", name="Submit")

    def has_ahead(self, batches: int) -> None:
        """So many further batches are on the device, with their pictures."""
        until(lambda: self._held() == batches + 1)
        self.page.wait_for_load_state("networkidle")

    def _held(self) -> int:
        found: int = self.page.evaluate(
            """() => new Promise((done, fail) => {
                const opening = indexedDB.open("labelapp-review");
                opening.onerror = () => fail(opening.error);
                opening.onsuccess = () => {
                    const count = opening.result.transaction("held").objectStore("held").count();
                    count.onsuccess = () => { opening.result.close(); done(count.result); };
                };
            })"""
        )
        return found

    def says(self, saved: str) -> None:
        expect(self.page.locator("[data-state]").filter(has_text=saved).first).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def send_by_key(self) -> None:
        """Enter, after the moment in which a new batch ignores it."""
        self.page.wait_for_timeout(350)
        self.press("Enter")

    def item_ids(self) -> list[str]:
        """The items on the screen, in the order of the tiles."""
        cells = self.page.locator("[data-item]")
        return [cell.get_attribute("data-item") or "" for cell in cells.all()]


def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    """Waits until something is true in the database or in the page."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It did not become true in time."
        time.sleep(0.05)


def verdicts_of(job: Job) -> dict[str, str]:
    rows = Verdict.objects.filter(item__job=job).values_list("item_id", "value")
    return {str(item): value for item, value in rows}


def totals(job: Job) -> Counter[str]:
    """The counts kept on the items, summed up."""
    fields = ("confirm_count", "disconfirm_count", "unsure_count")
    sums: Counter[str] = Counter()
    for row in Item.objects.filter(job=job).values(*fields):
        sums.update(row)
    return +sums


def cold_pictures(page: Page) -> list[Any]:
    """Pictures of the grid that are not there yet."""
    found: list[Any] = page.evaluate(
        "() => [...document.querySelectorAll('[role=grid] img')]"
        ".filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src)"
    )
    return found


def kept_files(page: Page) -> list[str]:
    """Addresses of the files that the page can open with when there is no connection."""
    found: list[str] = page.evaluate(
        "async () => (await (await caches.open('labelapp-shell')).keys()).map(({ url }) => url)"
    )
    return found
