"""Masks from a file are reviewed in the grid; one found wrong is corrected in the editor and exported."""

import io
import json

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow
from playwright.sync_api import Page, expect

from labelapp.accounts.roles import Role
from labelapp.catalog.models import Dataset, Label
from labelapp.geometry.rle import decode, encode
from qa.jobs.models import AssignmentState, Job
from qa.segmentation.labelling import carry_out
from qa.segmentation.models import LabelRun
from tests.api.importing import bring, zip_of
from tests.api.outlining import start
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.outlining import Editor, flower
from tests.browser.reviewing import until
from tests.builders import make_dataset, make_user
from tests.cast import Cast, client_of

SOURCE = "masks.jsonl"


def disc(x: float, y: float, radius: float) -> NDArray[np.bool_]:
    """(H, W) on the flower; in shares of its width and height, the radius of its height."""
    height, width = flower().shape[:2]
    down, across = np.mgrid[:height, :width]
    inside: NDArray[np.bool_] = np.hypot(across - x * width, down - y * height) < radius * height
    return inside


BLOOM, LEAF = disc(0.48, 0.5, 0.2), disc(0.1, 0.2, 0.05)


@pytest.fixture
def dataset(transactional_db: None, cast: Cast) -> Dataset:
    """The flower with two masks, brought in by a file."""
    dataset = make_dataset("Garden")
    shown = io.BytesIO()
    Pillow.fromarray(flower()).save(shown, "PNG")
    lines = [
        json.dumps({"image": "flower.png", "label": name, "mask": encode(mask), "confidence": 0.9})
        for name, mask in (("Bloom", BLOOM), ("Leaf", LEAF))
    ]
    done = bring(
        client_of(cast.admin),
        dataset,
        file=(SOURCE, "\n".join(lines)),
        images=zip_of({"flower.png": shown.getvalue()}),
    )
    assert done["counts"]["labels"] == 2, done
    return dataset


def review(page: Page, job: str) -> None:
    """By keyboard: the bloom's mask is wrong, the leaf's right."""
    page.goto(f"/review/{job}")
    for name in ("Bloom", "Leaf"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        outline = page.locator("[data-index='0'] [data-outline]")
        expect(outline).to_be_visible()
        page.keyboard.down("m")
        expect(outline).to_have_count(0)
        page.keyboard.up("m")
        expect(outline).to_be_visible()
        if name == "Bloom":
            page.keyboard.press("x")
            expect(page.get_by_role("button", name="Picture 1, marked wrong")).to_be_visible()
        page.wait_for_timeout(350)  # a batch takes no Enter in its first 300 ms
        page.keyboard.press("Enter")


def test_a_mask_found_wrong_in_the_grid_is_corrected_in_the_editor_and_exported(
    window: Open, cast: Cast, dataset: Dataset
) -> None:
    check = start(cast, dataset, kind="verification", name="Garden masks")
    page = window(cast.ana).new_page()
    review(page, check)
    expect(page.get_by_text("finished").first).to_be_visible()

    desk = window(cast.admin).new_page()
    desk.goto(f"/jobs/{check}")
    desk.get_by_role("link", name="Correct 1 mask in the editor").click()
    expect(desk.get_by_role("textbox", name="Name", exact=True)).to_have_value(
        "Correct: Garden masks"
    )
    expect(desk.get_by_text("Masks to correct")).to_be_visible()
    assert serious_violations(desk) == []
    desk.get_by_role("button", name="Deal 1 picture").click()
    expect(desk.get_by_text("Running since")).to_be_visible()

    job = Job.objects.get(name="Correct: Garden masks")
    editor = Editor(page, job).open()
    page.get_by_role("button", name="Bloom").first.click()
    expect(editor.steps.filter(has_text="From “Garden masks”")).to_be_visible()
    editor.press("z")  # what the picture came with stays
    expect(page.get_by_role("button", name="Leaf").first).to_be_visible()
    editor.press("b")
    x, y = editor.at((0.66, 0.5))
    page.mouse.move(x - 30, y)
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.up()
    expect(editor.steps.filter(has_text="px added")).to_be_visible()
    editor.press("Enter")
    expect(page.get_by_label("Accepted")).to_be_visible()
    leaf, bloom = sorted(editor.objects(), key=lambda one: one["locked"], reverse=True)
    assert (leaf["locked"], leaf["accepted"]) == (True, False)
    assert bloom["source"] == "model_and_hand"
    corrected = decode(bloom["mask"])
    assert corrected[BLOOM].all()
    assert corrected.sum() > BLOOM.sum() + 100
    editor.press("Shift+Enter")
    until(lambda: job.assignments.filter(state=AssignmentState.SUBMITTED).count() == 1)

    desk.get_by_role("button", name="Make labels of the outlines").click()
    expect(desk.get_by_text("Making labels")).to_be_visible()
    carry_out(LabelRun.objects.get().pk)
    expect(desk.get_by_role("link", name="1 label added")).to_be_visible()
    label = Label.objects.get(source=f"person:{cast.ana.username}")
    assert label.region == {"mask": bloom["mask"]}

    lines = client_of(cast.admin).get(f"/api/v1/exports/labels/?dataset={dataset.pk}&format=jsonl")
    rows = [json.loads(line) for line in lines.getvalue().decode().splitlines()]
    masks = {(row["source"], row["label"]): row["mask"] for row in rows}
    assert (decode(masks[f"person:{cast.ana.username}", "Bloom"]) == corrected).all()
    assert (decode(masks[SOURCE, "Bloom"]) == BLOOM).all()


def test_an_enlarged_object_fills_the_view_and_has_no_serious_fault(
    window: Open, cast: Cast, dataset: Dataset
) -> None:
    check = start(cast, dataset, kind="verification")
    page = window(make_user("lea", Role.LABELER)).new_page()
    page.goto(f"/review/{check}")
    expect(page.locator("[data-index='0'] [data-outline]")).to_be_visible()
    page.keyboard.press("f")
    large = page.get_by_role("region", name="Picture 1, enlarged")
    expect(large.locator("[data-outline]")).to_be_visible()
    page.keyboard.down("m")
    expect(large.locator("[data-outline]")).to_have_count(0)
    page.keyboard.up("m")
    expect(large.get_by_role("button", name="Whole picture")).to_be_visible()
    page.keyboard.press("0")
    expect(large.get_by_role("button", name="Object")).to_be_visible()
    assert serious_violations(page) == []
