"""The mask editor as a person sees and uses it, before a real photograph."""

import io
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from playwright.sync_api import Locator, Page, expect

from labelapp.accounts.models import User
from labelapp.geometry.rle import decode
from qa.jobs.models import Job
from qa.jobs.services import start_job
from qa.segmentation.models import Document
from tests.builders import make_class, make_dataset, make_job, make_photo

PHOTO = "flower.jpg"
"""A dahlia, 640 x 427, that ships with scikit-learn."""
BLOOM = [(0.278, 0.475), (0.489, 0.202), (0.69, 0.49), (0.46, 0.838)]
"""Its outermost points, as shares of width and height."""
_MARGIN = 22
_HINT = 80
"""What the hint takes at the foot of the frame, where there is a mouse."""
_TOUCH = "matchMedia('(pointer: coarse)').matches"


def flower() -> NDArray[np.uint8]:
    """(H, W, 3)."""
    data = files("sklearn.datasets.images").joinpath(PHOTO).read_bytes()
    return np.asarray(Pillow.open(io.BytesIO(data)).convert("RGB"))


def make_outline_job(admin: User, pictures: int = 2) -> Job:
    """A running job in which the flower is to be outlined, so many times."""
    dataset = make_dataset()
    for name in ("Bloom", "Leaf"):
        make_class(dataset, name)
    for nth in range(pictures):
        photo = flower().copy()
        photo[0, 0] = nth  # another content each time
        make_photo(dataset, photo)
    job = make_job(dataset, admin=admin, name="Garden outlines", kind="segmentation")
    return start_job(person=admin, job_id=job.pk, force=True)


class Editor:
    """One person's editor."""

    def __init__(self, page: Page, job: Job) -> None:
        self.page, self.job = page, job

    def open(self) -> "Editor":
        self.page.goto(f"/edit/{self.job.pk}")
        self.is_ready()
        return self

    def is_ready(self) -> None:
        expect(self.page.locator("canvas[data-ready=true]")).to_be_visible()

    def at(self, share: tuple[float, float]) -> tuple[float, float]:
        """Where a place of the fitted picture is in the window."""
        box = self.page.locator("[data-frame]").bounding_box()
        assert box is not None
        height, width = flower().shape[:2]
        foot = _MARGIN if self.page.evaluate(_TOUCH) else _HINT
        high = box["height"] - _MARGIN - foot
        scale = min((box["width"] - 2 * _MARGIN) / width, high / height)
        left = box["x"] + (box["width"] - width * scale) / 2
        middle = (box["height"] - height * scale) / 2
        top = box["y"] + min(middle, box["height"] - foot - height * scale)
        return left + share[0] * width * scale, top + share[1] * height * scale

    def click(self, share: tuple[float, float]) -> None:
        self.page.mouse.click(*self.at(share))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def model(self) -> Locator:
        """What the screen says about the model; a press lists all of them."""
        return self.page.locator("[data-chip]")

    @property
    def steps(self) -> Locator:
        return self.page.get_by_role("region", name="Steps").get_by_role("listitem")

    def is_masked(self) -> None:
        """The model has answered: the object has an area."""
        expect(self.page.get_by_text("Area", exact=True)).to_be_visible()

    def is_answered(self) -> None:
        """The model owes nothing."""
        expect(self.steps.filter(has_text="waiting")).to_have_count(0)

    def says_saved(self) -> None:
        expect(self.page.locator("[data-state=saved]")).to_be_visible()

    def objects(self) -> list[dict[str, Any]]:
        """As the server keeps them, once all is saved."""
        self.says_saved()
        found = Document.objects.filter(job=self.job).order_by("-saved_at").first()
        return list(found.outlines) if found else []

    def mask(self) -> NDArray[np.bool_]:
        """(H, W) of the first object."""
        return decode(self.objects()[0]["mask"])
