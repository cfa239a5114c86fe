"""Models and their predictions by the screen, through a real server and a real worker."""

import re
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Dataset, Label
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from qa.correction.models import Item as WrongItem
from qa.jobs.models import Job
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.reviewing import Screen, totals, until
from tests.builders import make_dataset, make_user
from tests.classifiers import SIZE, write_classifier
from tests.workers.conftest import Worker

pytestmark = pytest.mark.django_db(transaction=True)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


def fill_shelf(folder: Path) -> None:
    """Six pictures of warm colours and six of cold ones, a folder for each, none like another."""
    chance = np.random.default_rng(7)
    for place, name in enumerate(("Warm", "Cold")):
        (folder / name).mkdir(parents=True)
        for n in range(6):
            pixels = chance.integers(0, 100, (6, 8, 3), np.uint8)
            pixels[..., 2 * place] += 150
            picture = Image.fromarray(pixels).resize((80, 60), Image.Resampling.BICUBIC)
            picture.save(folder / name / f"{n}.jpg")


def see_no_violation(page: Page) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert serious_violations(page) == []


def test_a_model_is_brought_and_what_is_refused_stands_beside_its_field(
    window: Open, admin: User, tmp_path: Path, settings: Settings
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "models": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "models")},
        },
    }
    list_shipped()
    page = window(admin, reduced_motion="reduce").new_page()
    page.goto("/models")
    expect(page.get_by_role("link", name="imagenet-lite0")).to_be_visible()
    see_no_violation(page)
    page.keyboard.press("n")
    send = page.get_by_role("button", name="Send and try out")
    send.click()
    expect(page.get_by_role("button", name="Choose the ONNX file")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    page.get_by_label("ONNX file", exact=True).set_input_files(
        write_classifier(tmp_path / "colours.onnx")
    )
    page.get_by_label("Names, one a line").fill("Red\nGreen")
    page.get_by_label("Side of the square").fill(str(SIZE))
    send.click()
    names = page.get_by_label("Names, one a line")
    expect(page.get_by_text("It answers 3 numbers for a picture")).to_be_visible(timeout=60_000)
    expect(names).to_be_focused()
    see_no_violation(page)
    names.press("End")
    names.press_sequentially("\nBlue")
    send.click()
    expect(page.get_by_role("heading", name="Model card")).to_be_visible(timeout=60_000)
    made = ModelVersion.objects.get(name="colours", version="1")
    assert page.url.endswith(f"/models/{made.pk}")
    expect(page.get_by_text(made.weights_sha256)).to_be_visible()
    see_no_violation(page)
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Run colours 1")).to_be_visible()


def train_on_the_folders(page: Page) -> None:
    """A version learns what the folders say; its card opens the pictures behind a number."""
    page.get_by_role("link", name="Training").click()
    page.get_by_label("Sources taken at their word, too").first.click()
    page.get_by_role("option", name=re.compile("^(?!model:|person:)")).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Train a version").click()
    expect(page.get_by_text("Shelf 1 is trained")).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="See how good it is").click()
    expect(page.get_by_text("that it has not learned from")).to_be_visible()
    see_no_violation(page)
    page.get_by_role("button", name="Warm seen as Warm").focus()
    page.keyboard.press("ArrowUp")
    cell = page.get_by_role("button", name=re.compile("^Cold seen as Warm"))
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    behind = page.get_by_role("dialog", name="Cold, right")
    expect(behind.get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(behind).to_have_count(0)


def imported(page: Page, dataset: Dataset, folder: Path) -> None:
    page.goto(f"/datasets/{dataset.pk}/import")
    page.get_by_label("Folder", exact=True).set_input_files(folder)
    page.get_by_role("button", name="Send and check").click()
    page.get_by_role("button", name=re.compile("^Import ")).click(timeout=60_000)
    expect(page.get_by_text(re.compile("imported$")).first).to_be_visible(timeout=60_000)


def labelled_by_the_built_in_model(page: Page, dataset: Dataset) -> None:
    page.goto(f"/datasets/{dataset.pk}?show=predictions")
    expect(page.get_by_role("button", name="Label 12 pictures")).to_be_enabled()
    see_no_violation(page)
    page.keyboard.press("l")
    expect(page.get_by_text("12 pictures labelled")).to_be_visible(timeout=90_000)
    see_no_violation(page)
    made = Label.objects.filter(source="model:imagenet-lite0@1")
    assert made.count() == 12
    assert all(one.confidence is not None and len(one.extra["top"]) == 5 for one in made)


def started(page: Page) -> Job:
    """The job of the form that is on the screen."""
    page.get_by_role("button", name=re.compile(r"^Create \d+ batch")).click()
    page.wait_for_url(re.compile(r"/jobs/[0-9a-f-]{36}$"))
    return Job.objects.get(pk=page.url.rpartition("/")[2])


def check_made_of_it(page: Page) -> Job:
    page.get_by_role("link", name="Make a job of them").click()
    source = page.get_by_role("combobox", name="Source")
    expect(source).to_have_value(re.compile(r"^model:imagenet"))
    page.get_by_role("textbox", name="Name").fill("What the model said")
    return started(page)


def all_wrong(page: Page, job: Job) -> int:
    """A batch is found wrong, tile by tile, by keyboard; how many pictures it had."""
    screen = Screen(page, job).open()
    shown = len(screen.item_ids())
    for _ in range(shown):
        screen.press("x", "ArrowRight")
    screen.send_by_key()
    until(lambda: totals(job) == {"disconfirm_count": shown})
    return shown


def correct_all(page: Page, job: Job, wrong: int) -> None:
    """The name of its folder for each picture of a job that corrects, typed."""
    page.goto(f"/correct/{job.pk}")
    expect(page.get_by_text(f"0 of {wrong} answered")).to_be_visible()
    right = WrongItem.objects.filter(job=job).order_by("pk").values_list("image__ref", flat=True)
    for place, ref in enumerate(right):
        page.keyboard.press("/")
        page.keyboard.type(Path(ref).parent.name)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{place + 1} of {wrong} answered")).to_be_visible()
    page.wait_for_timeout(350)
    page.keyboard.press("Enter")
    until(lambda: Label.objects.filter(source="person:ana").count() == wrong)
    for label in Label.objects.filter(source="person:ana").select_related("image", "label_class"):
        assert Path(label.image.ref).parent.name == label.label_class.name


def find_alike(page: Page, dataset: Dataset) -> None:
    """What was compared after the run is shown; from any picture a key leads to those like it."""
    page.goto(f"/datasets/{dataset.pk}?show=near-duplicates")
    expect(page.get_by_text("and by what imagenet-lite0@1 sees")).to_be_visible(timeout=30_000)
    see_no_violation(page)
    page.goto(f"/datasets/{dataset.pk}?show=pictures")
    page.get_by_role("list", name="Labels").get_by_role("button").first.click()
    expect(page.get_by_role("button", name="Find pictures like this one")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Pictures like")).to_be_visible()
    found = page.get_by_role("list", name="The most alike first").get_by_role("button")
    expect(found).to_have_count(11)
    expect(page.get_by_text("Compared by what imagenet-lite0@1 sees")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(found.first).to_be_focused()
    see_no_violation(page)


def test_a_folder_is_labelled_reviewed_corrected_and_learned_from(
    window: Open, admin: User, worker: Worker, tmp_path: Path
) -> None:
    list_shipped()
    dataset = make_dataset("Shelf")
    fill_shelf(tmp_path / "shelf")
    page = window(admin, reduced_motion="reduce").new_page()
    theirs = window(make_user("ana")).new_page()
    with worker("cpu,gpu", 2):
        imported(page, dataset, tmp_path / "shelf")
        labelled_by_the_built_in_model(page, dataset)
        check = check_made_of_it(page)
        wrong = all_wrong(theirs, check)
        page.get_by_role(
            "link", name=re.compile(rf"^Correct the (wrong one|{wrong} wrong)")
        ).click()
        expect(page.get_by_role("textbox", name="Name")).to_have_value(f"Correct: {check.name}")
        correct_all(theirs, started(page), wrong)
        find_alike(page, dataset)
        page.goto(f"/datasets/{dataset.pk}")
        train_on_the_folders(page)
    made = ModelVersion.objects.get(kind="head")
    assert made.trained_on["counts"]["corrected"] == wrong
    assert made.licence == "Apache-2.0"
