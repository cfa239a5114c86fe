"""An object of a real photograph, outlined by mouse, by touch, and by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Download, Page, expect
from pycocotools.coco import COCO

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from qa.jobs.models import Assignment, AssignmentState, Job
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.outlining import BLOOM, Editor
from tests.browser.outlining import make_outline_job as make
from tests.browser.reviewing import until
from tests.builders import make_user
from tests.workers.conftest import Worker

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True}
DOUBLE_TAP = 700  # milliseconds: so soon after Accept, a tap in its place finishes nothing
INSIDE, OUTSIDE = (0.47, 0.5), (0.15, 0.3)


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    return make(make_user("root", role=Role.ADMIN))


@pytest.fixture
def model(worker: Worker) -> Iterator[None]:
    """A worker that answers, with whatever segmenter there is."""
    with worker("interactive", 1):
        yield


def is_the_bloom(mask: NDArray[np.bool_]) -> None:
    """Most of the flower, and hardly anything else: its box is known."""
    height, width = mask.shape
    (left, _), (_, top), (right, _), (_, bottom) = BLOOM
    box = np.zeros_like(mask)
    box[int(top * height) : int(bottom * height), int(left * width) : int(right * width)] = True
    assert mask[int(INSIDE[1] * height), int(INSIDE[0] * width)]
    assert (mask & ~box).sum() < 0.05 * mask.sum()
    assert mask.sum() > 0.5 * box.sum()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools
def test_four_clicks_a_correction_a_reload_and_the_very_mask_in_the_export(
    window: Open, ana: User, job: Job, model: None, worker: Worker, tmp_path: Path
) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    page = editor.page
    for point in BLOOM:
        editor.click(point)
    editor.is_masked()
    is_the_bloom(editor.mask())

    editor.click((0.35, 0.4))
    expect(page.get_by_text("4 points, 1 click")).to_be_visible()
    editor.is_answered()
    editor.press("b")
    before = editor.mask()
    x, y = editor.at(OUTSIDE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=5)
    page.mouse.up()
    expect(editor.steps.filter(has_text="px added")).to_be_visible()
    assert editor.mask().sum() > before.sum()

    editor.press("z")
    expect(editor.steps.filter(has_text="px added")).to_have_count(0)
    editor.press("Enter")
    expect(page.get_by_label("Accepted")).to_be_visible()
    kept = editor.mask()
    assert (kept == before).all()

    page.reload()
    editor.is_ready()
    expect(page.get_by_label("Accepted")).to_be_visible()
    editor.press("z")
    expect(page.get_by_text("Editing")).to_be_visible()

    editor.press("Shift+Z")
    editor.press("Shift+Enter")
    expect(page.get_by_text("Image 2 of 2", exact=True)).to_be_visible()
    until(lambda: Assignment.objects.filter(state=AssignmentState.SUBMITTED).count() == 1)

    with worker("cpu", 1):
        written = exported(window(make_user("mira", role=Role.ADMIN)).new_page(), job)
    written.save_as(tmp_path / "coco.json")
    coco = COCO(str(tmp_path / "coco.json"))
    (object_,) = coco.loadAnns(coco.getAnnIds())
    assert (coco.annToMask(object_) == kept).all()
    assert coco.loadCats([object_["category_id"]])[0]["name"] == "Bloom"
    (photo,) = coco.loadImgs([object_["image_id"]])
    assert (photo["height"], photo["width"]) == kept.shape


def exported(page: Page, job: Job) -> Download:
    """The COCO file, asked for and fetched by the screen."""
    page.goto(f"/exports?job={job.pk}")
    page.get_by_role("button", name="Export 1 object").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    return download.value


def test_strokes_made_without_a_connection_come_back_after_a_reload_and_are_sent(
    window: Open, ana: User, job: Job
) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    page = editor.page
    editor.says_saved()
    page.context.set_offline(True)
    editor.press("b")
    x, y = editor.at(INSIDE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=4)
    page.mouse.up()
    expect(page.get_by_text("Kept here")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    editor.is_ready()
    assert editor.mask().any()


def test_an_object_by_touch_on_a_tablet(window: Open, ana: User, job: Job, model: None) -> None:
    editor = Editor(window(ana, **TABLET).new_page(), job).open()
    page = editor.page
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": nth} for nth, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for point in BLOOM:
        x, y = editor.at(point)
        fingers("touchStart", (x + 15, y + 25))
        expect(page.locator("[data-loupe]")).to_be_visible()
        fingers("touchMove", (x, y))
        fingers("touchEnd")
        expect(page.locator("[data-loupe]")).to_have_count(0)
    accept = page.get_by_role("button", name="Accept mask")
    expect(accept).to_be_enabled()
    assert serious_violations(page) == []
    accept.tap()
    finish = page.get_by_role("button", name="Finish image")
    expect(finish).to_be_visible()
    is_the_bloom(editor.mask())
    page.wait_for_timeout(DOUBLE_TAP)
    finish.tap()
    expect(page.get_by_text("Image 2 of 2", exact=True)).to_be_visible()


def test_an_object_by_keyboard_alone(window: Open, ana: User, job: Job, model: None) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    page = editor.page
    editor.press("ArrowRight")
    for point in BLOOM:
        walk(editor, page, point)
        editor.press("Enter")
    editor.is_masked()
    editor.press("2")
    walk(editor, page, (0.4, 0.4))
    editor.press("a")
    expect(page.get_by_text("4 points, 1 click")).to_be_visible()
    editor.is_answered()
    editor.press("Enter")
    expect(page.get_by_label("Accepted")).to_be_visible()
    assert editor.objects()[0]["accepted"] is True
    is_the_bloom(editor.mask())
    editor.press("Shift+Enter")
    expect(page.get_by_text("Image 2 of 2", exact=True)).to_be_visible()


def walk(editor: Editor, page: Page, to: tuple[float, float]) -> None:
    """Takes the cross to a place with the arrows, 20 pixels a step with Shift and 2 without."""
    aim = editor.at(to)
    for axis, (back, forward) in enumerate([("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown")]):
        cross = page.locator("[data-cross] circle").bounding_box()
        assert cross is not None
        middle = (cross["x"] + cross["width"] / 2, cross["y"] + cross["height"] / 2)
        way = aim[axis] - middle[axis]
        key = forward if way > 0 else back
        editor.press(*[f"Shift+{key}"] * int(abs(way) // 20))
        editor.press(*[key] * round(abs(way) % 20 / 2))


def test_the_picture_is_called_ready_when_a_worker_has_said_so(
    window: Open, ana: User, job: Job, worker: Worker
) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    expect(editor.model).to_contain_text("preparing the image")
    with worker("interactive", 1):
        expect(editor.model).to_contain_text("image ready", timeout=60_000)


def test_a_model_that_is_not_there_says_where_its_file_goes_and_is_not_chosen(
    window: Open, ana: User, job: Job
) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    page = editor.page
    for point in BLOOM[:3]:
        editor.click(point)
    editor.model.click()
    page.get_by_role("menuitemradio", name="sam-vit-b").click()
    said = page.get_by_role("alert").filter(has_text="sam-vit-b was not chosen")
    expect(said).to_contain_text("sam_vit_b_01ec64.pth is not there. Put it into")
    assert serious_violations(page) == []
    editor.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.locator("[data-point]")).to_have_count(3)
    expect(editor.model).to_contain_text("dextr-lite")

    editor.model.click()
    page.get_by_role("menuitemradio", name="grabcut").click()
    expect(editor.model).to_contain_text("grabcut")
    page.reload()
    editor.is_ready()
    expect(editor.model).to_contain_text("grabcut")


def test_a_picture_is_skipped_by_key_with_a_reason_and_the_admin_reads_it(
    window: Open, ana: User, job: Job
) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    page = editor.page
    first = page.get_by_text("Image 1 of 2", exact=True)
    editor.press("q", "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(first).to_be_visible()
    editor.press("q")
    expect(page.get_by_label("Why, if you like")).to_be_focused()
    assert serious_violations(page) == []
    page.keyboard.type("Too dark")
    editor.press("Enter")
    expect(first).to_have_count(0)
    until(lambda: Assignment.objects.filter(state=AssignmentState.SKIPPED).count() == 1)
    editor.is_ready()
    page.get_by_role("button", name="Skip", exact=True).click()
    editor.press("Enter")
    expect(page.get_by_text("You have done your part")).to_be_visible()

    watching = window(make_user("mira", role=Role.ADMIN)).new_page()
    watching.goto(f"/jobs/{job.pk}")
    skipped = watching.get_by_role("list", name="Skipped")
    expect(skipped.get_by_role("listitem")).to_have_count(2)
    expect(skipped).to_contain_text("was skipped by ana")
    expect(skipped).to_contain_text("“Too dark”")
    expect(skipped.get_by_text("Stays undone: nobody is left")).to_have_count(2)
    assert serious_violations(watching) == []


def test_nothing_serious_for_axe(window: Open, ana: User, job: Job) -> None:
    editor = Editor(window(ana).new_page(), job).open()
    for point in BLOOM[:3]:
        editor.click(point)
    editor.says_saved()
    assert serious_violations(editor.page) == []
    editor.press("b")
    expect(editor.page.get_by_role("slider")).to_be_visible()
    assert serious_violations(editor.page) == []
    editor.press("?")
    expect(editor.page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert serious_violations(editor.page) == []
