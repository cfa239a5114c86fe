"""An outlining job is made, watched and led to by its screens."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Dataset
from labelapp.geometry.rle import encode
from qa.jobs.models import Job, JobState
from tests.api.outlining import Annotator, outline
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.outlining import Editor, flower, make_outline_job
from tests.builders import make_dataset, make_labels, make_photo, make_user
from tests.cast import client_of


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def bare(transactional_db: None) -> Dataset:
    """Two pictures that nobody has said anything of."""
    dataset = make_dataset("Garden")
    for nth in range(2):
        photo = flower().copy()
        photo[0, 0] = nth
        make_photo(dataset, photo)
    return dataset


@pytest.fixture
def job(admin: User, ana: User) -> Job:
    """Two pictures: one sent by Ana with two objects, one in her hands with one."""
    made = make_outline_job(admin)
    annotator = Annotator(client_of(ana), made.pk)
    for classes in (["Bloom", "Leaf"], ["Bloom"]):
        held = annotator.take()
        whole = dict(encode(np.ones(flower().shape[:2], bool)))
        drawn = [outline(n, label_class=name, mask=whole) for n, name in enumerate(classes)]
        assert annotator.save(held["items"][0]["image"], '"0"', *drawn).status_code == 200
        if len(classes) == 2:
            annotator.post(f"assignments/{held['id']}/submit/", {"active_ms": 45_000}, held["id"])
    return made


def test_pictures_without_labels_are_dealt_to_be_outlined(
    admin: User, ana: User, bare: Dataset, window: Open
) -> None:
    page = window(admin).new_page()
    page.goto(f"/datasets/{bare.pk}")
    page.get_by_role("link", name="New job").click()
    expect(page.get_by_role("radio", name="Outline objects")).to_be_checked()
    expect(page.get_by_text("Name on the left what is to be outlined")).to_be_visible()
    expect(page.get_by_label("Confidence from")).to_have_count(0)
    page.get_by_role("textbox", name="Name", exact=True).fill("Garden outlines")
    for name in ("Bloom", "Leaf"):
        page.get_by_role("textbox", name="Name of a new class").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_label("What is outlined").get_by_text(name)).to_be_visible()
    page.get_by_role("textbox", name="Name of a new class").fill("bloom")
    page.get_by_role("button", name="Add class").click()
    expect(page.get_by_text("This dataset has the class “Bloom” already.")).to_be_visible()
    page.get_by_role("button", name="Deal 2 pictures").click()
    expect(page.get_by_text("Running since")).to_be_visible()
    expect(page.get_by_text("Nobody has opened a picture yet")).to_be_visible()
    made = Job.objects.get()
    assert (made.name, made.kind, made.state, made.items) == (
        "Garden outlines", "segmentation", JobState.RUNNING, 2,
    )  # fmt: skip


def test_a_check_can_be_asked_for_instead(admin: User, bare: Dataset, window: Open) -> None:
    make_labels(bare, ["0.9"] * 3)
    page = window(admin).new_page()
    page.goto(f"/jobs/new?dataset={bare.pk}")
    expect(page.get_by_role("button", name="Create 1 batch")).to_be_enabled()
    page.get_by_role("radio", name="Outline objects").check()
    page.get_by_role("textbox", name="At most").fill("1")
    expect(page.get_by_role("button", name="Deal 1 picture")).to_be_enabled()
    page.get_by_role("radio", name="Check labels").check()
    expect(page.get_by_role("button", name="Create 1 batch")).to_be_enabled()


def test_the_page_shows_pictures_objects_and_who_holds_what(
    admin: User, job: Job, window: Open
) -> None:
    page = window(admin).new_page()
    page.goto(f"/jobs/{job.pk}")
    rows = page.get_by_role("table", name="Objects by class").get_by_role("row")
    expect(rows.filter(has_text="Bloom")).to_have_text(re.compile("Bloom22"))
    expect(rows.filter(has_text="Leaf")).to_have_text(re.compile("Leaf11"))
    expect(page.get_by_text("1 finished, 1 held now")).to_be_visible()
    expect(page.get_by_text("Krippendorff")).to_have_count(0)
    expect(page.get_by_role("link", name="Disagreements")).to_have_count(0)
    held = page.get_by_role("list", name="Held now")
    expect(held.get_by_text("1 object drawn, and kept.")).to_be_visible()
    held.get_by_role("button", name=re.compile("^Take back picture 2 from ana")).click()
    expect(held).to_be_hidden()
    page.get_by_role("button", name="Close job").click()
    expect(page.get_by_role("dialog").get_by_text("1 picture of 2 is not finished")).to_be_visible()


def test_the_address_of_the_grid_leads_to_the_editor(ana: User, job: Job, window: Open) -> None:
    page = window(ana).new_page()
    page.goto(f"/review/{job.pk}")
    expect(page).to_have_url(re.compile(f"/edit/{job.pk}$"))
    Editor(page, job).is_ready()


def test_nothing_serious_for_axe(admin: User, job: Job, window: Open) -> None:
    page = window(admin).new_page()
    for place, shown in [
        (f"/jobs/new?dataset={job.dataset_id}&kind=segmentation", "2 classes to choose from"),
        (f"/jobs/{job.pk}", "Objects by class"),
        (f"/jobs/{job.pk}?show=settings", "Frozen since the start"),
        (f"/exports?job={job.pk}", "masks as they were drawn"),
        ("/jobs", "outlines"),
    ]:
        page.goto(place)
        page.get_by_text(shown).first.wait_for()
        assert serious_violations(page) == [], place
