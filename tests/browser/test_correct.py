"""What a check found wrong gets its right class: from the job's page to the labels, by keyboard alone."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Label, LabelClass
from qa.correction.models import Answer
from qa.jobs.models import Job
from tests.api.reviewing import Reviewer
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.reviewing import until
from tests.builders import make_class, make_dataset, make_labels, make_running_job, make_user
from tests.cast import client_of

CLASSES = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay", "koi", "lynx"]


@pytest.fixture
def check(transactional_db: None) -> Job:
    """A check in which all seven crabs are wrong; their model held cat likely, then fox."""
    dataset = make_dataset("Animals")
    for name in CLASSES:
        make_class(dataset, name)
    for label in make_labels(dataset, ["0.9"] * 7, label_class="crab"):
        label.extra = {"top": [{"label_class": name} for name in ("crab", "cat", "fox")]}
        label.save()
    job = make_running_job(0, dataset=dataset, name="Crabs")
    Reviewer(client_of(make_user("ben")), job.pk).work("disconfirm")
    return job


def photograph(page: Page, name: str) -> None:
    """For whoever wants to look at the screen: SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def looks_well(page: Page, name: str) -> None:
    """Nothing serious for axe, light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        photograph(page, f"{name}-{scheme}")
        assert serious_violations(page) == []
    page.emulate_media(color_scheme="light")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def made_by_admin(page: Page, check: Job) -> Job:
    """From the figure of the check's page to a running job."""
    page.goto(f"/jobs/{check.pk}")
    link = page.get_by_role("link", name="Correct the 7 wrong ones")
    link.focus()
    press(page, "Enter")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Correct: Crabs")
    page.get_by_label("A new class may be named").focus()
    press(page, "Space")
    make = page.get_by_role("button", name="Create 1 batch")
    expect(make).to_be_enabled()
    looks_well(page, "new-correction")
    make.focus()
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/jobs/[0-9a-f-]{36}$"))
    return Job.objects.get(kind="correction", state="running")


def answered(page: Page, number: int) -> None:
    expect(page.get_by_text(f"{number} of 7 answered")).to_be_visible()


def test_wrong_labels_get_their_class_by_keyboard_alone(window: Open, check: Job) -> None:
    admin = window(make_user("admin", Role.ADMIN)).new_page()
    job = made_by_admin(admin, check)
    ana: User = make_user("ana")
    context = window(ana)
    page = context.new_page()
    page.goto(f"/review/{job.pk}")
    page.wait_for_url(f"/correct/{job.pk}")
    answered(page, 0)
    expect(page.get_by_text("Labelled crab, and that was found wrong")).to_be_visible()
    keyed = page.get_by_role("list", name="What it may be").get_by_role("button")
    first = [text.strip()[1:] for text in keyed.all_inner_texts()]
    assert [one.strip() for one in first] == [
        "cat",
        "fox",
        "ant",
        "bee",
        "dog",
        "eel",
        "gnu",
        "hen",
        "ibis",
    ]

    press(page, "Digit1", "Numpad2", "Digit0", "KeyU")
    answered(page, 4)
    press(page, "KeyZ")
    answered(page, 3)
    expect(page.get_by_role("button", name="Picture 4, no answer yet")).to_have_attribute(
        "aria-current", "true"
    )
    context.set_offline(True)
    press(page, "/")
    page.keyboard.type("ly")
    looks_well(page, "search")
    press(page, "Enter")
    answered(page, 4)
    press(page, "/")
    page.keyboard.type("Yak")
    press(page, "Enter")
    press(page, "/", "Escape", "Digit1", "KeyU")
    answered(page, 7)
    expect(page.get_by_text("Kept here").first).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    looks_well(page, "correct")

    page.reload()
    answered(page, 7)
    page.wait_for_timeout(350)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Everything here is reviewed")).to_be_visible()
    until(lambda: Answer.objects.count() == 7)
    said = Counter(
        Label.objects.filter(source="person:ana").values_list("label_class__name", flat=True)
    )
    assert said == {"cat": 2, "fox": 1, "lynx": 1, "Yak": 1}
    values = Answer.objects.exclude(value="class").values_list("value", flat=True)
    assert sorted(values) == ["none_of_these", "unsure"]
    assert LabelClass.objects.filter(name="Yak").exists()

    press(page, "KeyB")
    answered(page, 7)
    expect(page.get_by_role("button", name="Picture 5, Yak")).to_be_visible()
    expect(admin.get_by_role("table", name="What became what").get_by_text("lynx")).to_be_visible()
    looks_well(admin, "correcting")
