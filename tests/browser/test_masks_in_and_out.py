"""Masks come in as a COCO file and go out as pictures, by the screens."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from playwright.sync_api import expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Label
from labelapp.geometry.rle import encode
from tests.api.importing import picture, zip_of
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.test_import_screen import give
from tests.builders import make_dataset, make_user
from tests.workers.conftest import Worker

pytestmark = pytest.mark.django_db(transaction=True)
MASK = np.zeros((30, 40), bool)
MASK[5:20, 8:31] = True


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


def coco(folder: Path) -> Path:
    """A mask, a box, and a mask that does not add up."""
    outlined = {"image_id": 1, "category_id": 1, "segmentation": dict(encode(MASK)), "score": 0.9}
    boxed = {"image_id": 2, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.7}
    broken = {"image_id": 2, "category_id": 1, "segmentation": {"size": [30, 41], "counts": [5]}}
    document = {
        "images": [
            {"id": n, "file_name": f"{n}.jpg", "height": 30, "width": 39 + n} for n in (1, 2)
        ],
        "annotations": [{"id": n, **one} for n, one in enumerate((outlined, boxed, broken))],
        "categories": [{"id": 1, "name": "Cup"}],
    }
    path = folder / "instances.json"
    path.write_text(json.dumps(document))
    return path


def test_a_coco_file_comes_in_and_its_masks_go_out_as_pictures(
    admin: User, window: Open, worker: Worker, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures.zip"
    pictures.write_bytes(zip_of({"val/1.jpg": picture(40, 30), "val/2.jpg": picture(41, 30)}))
    dataset = make_dataset("Cups")
    page = window(admin, reduced_motion="reduce").new_page()
    with worker():
        page.goto(f"/datasets/{dataset.pk}/import")
        give(page, coco(tmp_path), pictures)
        expect(page.get_by_role("button", name="Import 2 rows")).to_be_enabled(timeout=60_000)
        rows = page.get_by_role("region", name="Rows of the file")
        expect(rows.get_by_role("row").filter(has_text="1.jpg")).to_contain_text("mask")
        expect(rows.get_by_role("row").filter(has_text="box [1, 2, 3, 4]")).to_contain_text("Cup")
        expect(rows.get_by_role("combobox")).to_have_count(0)
        page.get_by_text("Skipped 1").click()
        expect(rows.get_by_text("Skipped, annotation 3: the mask does not add up")).to_be_visible()
        assert serious_violations(page) == []
        page.get_by_role("button", name="Import 2 rows").click()
        expect(page.get_by_text("2 labels").first).to_be_visible(timeout=60_000)
        assert Label.objects.get(region__has_key="mask").region == {"mask": dict(encode(MASK))}

        page.goto(f"/exports?dataset={dataset.pk}")
        page.get_by_role("radio", name="PNG masks").check()
        expect(page.get_by_role("region", name="Code")).to_contain_text('open("masks.zip", "wb")')
        assert serious_violations(page) == []
        page.get_by_role("button", name="Export 1 object").click()
        line = page.get_by_role("region", name="Earlier exports").get_by_role("listitem")
        expect(line.get_by_text("Ready")).to_be_visible(timeout=60_000)
        expect(line).to_contain_text("1 object · PNG masks")
        with page.expect_download() as started:
            line.get_by_role("link", name="Download").click()
    assert started.value.suggested_filename == "masks.zip"
    with zipfile.ZipFile(started.value.path()) as zipped:
        classes = Pillow.open(io.BytesIO(zipped.read("classes/1.png")))
        assert np.array_equal(np.asarray(classes), MASK)
