"""Labels come in by the screen, through a real server and a real worker; then their dataset is looked at."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Dataset, Image, Label, LabelClass
from labelapp.imports.models import Import
from tests.api.importing import picture, zip_of
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.builders import make_dataset, make_labels, make_user
from tests.workers.conftest import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"crab/{n}.jpg" for n in range(6)]
ROWS = "".join(f"{name},Crab,9{n}.5,left\n" for n, name in enumerate(NAMES))


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    path = tmp_path / "pictures.zip"
    path.write_bytes(zip_of({name: picture(40 + n) for n, name in enumerate(NAMES)}))
    return path


def labels(folder: Path, text: str) -> Path:
    path = folder / "shelf.csv"
    path.write_text(text)
    return path


def give(page: Page, *files: Path) -> None:
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Send and check").click()


def page_of(window: Open, person: User) -> Page:
    """A page without transitions: axe would measure colours halfway."""
    return window(person, reduced_motion="reduce").new_page()


def test_a_file_with_its_zip_comes_in_by_keyboard_alone(
    admin: User, window: Open, worker: Worker, zipped: Path, tmp_path: Path
) -> None:
    page = page_of(window, admin)
    with worker():
        page.goto("/datasets")
        expect(page.get_by_text("No datasets yet")).to_be_visible()
        assert serious_violations(page) == []
        page.keyboard.press("n")
        page.keyboard.type("Shelf")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Import labels")).to_be_visible()
        # Only the browser's own file chooser is passed over.
        page.get_by_label("Files", exact=True).set_input_files(
            [labels(tmp_path, f"path,label,conf,camera\n{ROWS}"), zipped]
        )
        assert serious_violations(page) == []
        page.get_by_label("Source").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Import 6 rows")).to_be_enabled(timeout=60_000)
        assert serious_violations(page) == []
        assert not Label.objects.exists()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("6 labels imported")).to_be_visible(timeout=60_000)
        assert serious_violations(page) == []
    assert sorted(Image.objects.values_list("ref", flat=True)) == NAMES
    label = Label.objects.get(image__ref="crab/3.jpg")
    assert (label.confidence, label.extra) == (0.935, {"camera": "left"})


def test_what_is_unclear_is_asked_and_nothing_is_written_before(
    admin: User, window: Open, worker: Worker, zipped: Path, tmp_path: Path
) -> None:
    dataset = make_dataset("Shelf")
    rows = "crab/0.jpg,Crab,1\ncrab/1.jpg,Crab,1\ncrab/2.jpg,crab,0\ncrab/none.jpg,Crab,1\n"
    page = page_of(window, admin)
    with worker():
        page.goto(f"/datasets/{dataset.pk}/import")
        give(page, labels(tmp_path, f"datei,label,value\n{rows}"), zipped)
        expect(page.get_by_text("No column was taken for the picture")).to_be_visible(
            timeout=60_000
        )
        assert serious_violations(page) == []
        # Both at once: the second must not take back the first while the file is read anew.
        page.get_by_label("Column datei is").select_option("picture")
        page.get_by_label("Column value is").select_option("confidence")
        expect(page.get_by_text("Say what the confidences mean")).to_be_visible(timeout=60_000)
        page.get_by_text("0 to 1", exact=True).click()
        page.get_by_text("Use Crab", exact=True).click()
        expect(page.get_by_role("button", name="Import 3 rows")).to_be_enabled(timeout=60_000)
        expect(page.get_by_text("1 row will be skipped")).to_be_visible()
        assert serious_violations(page) == []
        page.get_by_label("When a picture is missing").select_option("placeholder")
        expect(page.get_by_role("button", name="Import 4 rows")).to_be_enabled(timeout=60_000)
        page.reload()
        expect(page.get_by_role("button", name="Import 4 rows")).to_be_enabled()
        assert not LabelClass.objects.exists()
        page.get_by_role("button", name="Import 4 rows").click()
        expect(page.get_by_text("4 labels imported")).to_be_visible(timeout=60_000)
    assert list(LabelClass.objects.values_list("name", flat=True)) == ["Crab"]
    assert Image.objects.get(ref="crab/none.jpg").location == "placeholder:"


def test_rows_of_the_whole_file_are_looked_at_before_it_comes_in(
    admin: User, window: Open, worker: Worker, zipped: Path, tmp_path: Path
) -> None:
    rows = "".join(f"{NAMES[n % 6]},Crab {n:02},0.{n:03}\n" for n in range(300))
    page = page_of(window, admin)
    with worker():
        page.goto(f"/datasets/{make_dataset('Shelf').pk}/import")
        give(page, labels(tmp_path, f"path,label,conf\n{rows}"), zipped)
        table = page.get_by_role("region", name="Rows of the file")
        expect(table.get_by_text("Crab 00")).to_be_visible(timeout=60_000)
        page.get_by_text("Random 8", exact=True).click()
        expect(table.get_by_text("Crab 00")).to_be_hidden()
        expect(table.get_by_text(re.compile(r"^Crab \d\d\d?$"))).to_have_count(8)
        assert serious_violations(page) == []


def test_a_folder_is_packed_on_the_device(
    admin: User, window: Open, worker: Worker, tmp_path: Path
) -> None:
    dataset = make_dataset("Shelf")
    for n, name in enumerate(("crab/1.jpg", "crab/2.jpg", "lobster/Ä 1.jpg")):
        file = tmp_path / "shelf" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(50 + n))
    page = page_of(window, admin)
    with worker():
        page.goto(f"/datasets/{dataset.pk}/import")
        page.get_by_label("Folder", exact=True).set_input_files(tmp_path / "shelf")
        expect(page.get_by_text("3 pictures")).to_be_visible()
        page.get_by_role("button", name="Send and check").click()
        page.get_by_role("button", name="Import 3 rows").click(timeout=60_000)
        expect(page.get_by_text("3 labels imported")).to_be_visible(timeout=60_000)
    found = Label.objects.values_list("label_class__name", "image__blob__width").order_by("pk")
    assert sorted(found) == [("crab", 50), ("crab", 51), ("lobster", 52)]


def test_a_file_of_another_kind_is_named_and_nothing_goes_up(
    admin: User, window: Open, tmp_path: Path
) -> None:
    dataset = make_dataset("Shelf")
    notes = tmp_path / "notes.docx"
    notes.write_text("x")
    page = page_of(window, admin)
    page.goto(f"/datasets/{dataset.pk}/import")
    page.get_by_label("Files", exact=True).set_input_files(notes)
    expect(page.get_by_text("notes.docx is neither a label file")).to_be_visible()
    expect(page.get_by_role("button", name="Send and check")).to_be_disabled()


def test_a_lost_connection_says_that_nothing_was_imported(
    admin: User, window: Open, zipped: Path
) -> None:
    dataset = make_dataset("Shelf")
    context = window(admin)
    page = context.new_page()
    page.goto(f"/datasets/{dataset.pk}/import")
    page.get_by_label("Files", exact=True).set_input_files(zipped)
    context.set_offline(True)
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_text("Upload again; nothing was imported.")).to_be_visible()
    context.set_offline(False)
    assert not Import.objects.exists()


def test_a_refused_import_says_why_and_offers_another(
    admin: User, window: Open, worker: Worker, tmp_path: Path
) -> None:
    dataset = make_dataset("Shelf")
    page = page_of(window, admin)
    with worker():
        page.goto(f"/datasets/{dataset.pk}/import")
        give(page, labels(tmp_path, "image,label\n"))
        refusal = page.get_by_role("alert").filter(has_text="a header and no rows")
        expect(refusal).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Upload again").click()
        expect(page.get_by_role("button", name="Choose files")).to_be_visible()


@pytest.fixture
def shelf(admin: User) -> Dataset:
    dataset = make_dataset("Shelf")
    make_labels(dataset, ["0.9"] * 30, label_class="crab")
    make_labels(dataset, ["0.5", "0.6", None], label_class="carb", source="other.csv")
    Dataset.objects.filter(pk=dataset.pk).update(image_count=33)
    return dataset


def test_cards_classes_labels_and_a_picture_are_reached_by_keyboard(
    admin: User, window: Open, shelf: Dataset
) -> None:
    page = page_of(window, admin)
    page.goto("/datasets")
    expect(page.get_by_text("carb has only 3")).to_have_count(2)
    assert serious_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Shelf", level=1)).to_be_visible()
    assert serious_violations(page) == []
    page.get_by_role("link", name="Labels 33").press("Enter")
    tiles = page.get_by_role("list", name="Labels").get_by_role("listitem")
    expect(tiles).to_have_count(33)
    page.get_by_label("Confidence from").fill("0,6")
    page.keyboard.press("Enter")
    expect(tiles).to_have_count(31)
    assert "min=0.6" in page.url
    assert serious_violations(page) == []
    first = tiles.first.get_by_role("button")
    ref = first.inner_text().split()[-1]
    first.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name=ref)).to_be_visible()
    assert serious_violations(page) == []
    before = page.url
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(before)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_class_is_merged_after_its_consequence_was_said(
    admin: User, window: Open, shelf: Dataset
) -> None:
    page = page_of(window, admin)
    page.goto(f"/datasets/{shelf.pk}")
    page.get_by_role("button", name="Actions for carb").click()
    page.get_by_role("menuitem", name="Merge into another").click()
    page.get_by_role("combobox", name="Class that stays").click()
    page.get_by_role("option", name="crab", exact=True).click()
    expect(page.get_by_text("3 labels of carb become crab")).to_be_visible()
    assert serious_violations(page) == []
    page.get_by_role("button", name="Merge 3 labels into crab").click()
    expect(page.get_by_role("link", name="carb", exact=True)).to_be_hidden()
    assert Label.objects.filter(label_class__name="crab").count() == 33


def test_a_picture_is_erased_and_a_dataset_deleted_and_restored(
    admin: User, window: Open, shelf: Dataset
) -> None:
    page = page_of(window, admin)
    page.goto(f"/datasets/{shelf.pk}?show=pictures&label_class=carb")
    page.get_by_role("list", name="Labels").get_by_role("button").first.click()
    page.get_by_role("button", name="Erase this picture").click()
    name = page.get_by_text(re.compile(r"^Type .* to confirm$")).inner_text().split()[1]
    page.get_by_label("to confirm").fill(name)
    page.get_by_role("button", name="Erase it with 1 label").click()
    expect(page.get_by_text(re.compile("^Erased "))).to_be_visible()
    assert Image.objects.filter(erased_at__isnull=False).count() == 1
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Rename or delete this dataset").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_label("Type Shelf to confirm").fill("Shelf")
    page.get_by_role("button", name=re.compile("^Delete 3")).click()
    expect(page.get_by_text("No datasets yet")).to_be_visible()
    wait_until(lambda: Dataset.objects.get().deleted_at is not None)
    page.get_by_role("link", name="Bin").click()
    assert serious_violations(page) == []
    page.get_by_role("button", name="Restore Shelf").click()
    expect(page.get_by_text("The bin is empty")).to_be_visible()
    assert Dataset.objects.get().deleted_at is None
