"""Pictures in a zip that no row of the label file names are told of, before and after the import."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset
from tests.api.importing import CSV, bring, change, picture, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]

ROWS = CSV + "a.jpg,Crab,0.5\n"


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


def unused(found: dict[str, Any]) -> Any:
    notices = [one for one in found["notices"] if one["code"] == "unused_pictures"]
    return (notices[0]["count"], notices[0]["text"]) if notices else None


def test_a_preview_and_the_report_say_how_many_and_name_the_first(
    admin: APIClient, dataset: Dataset
) -> None:
    others = {f"set/{n}.jpg": picture(50 + n) for n in range(5)}
    files = {"set/a.jpg": picture(), "set/labels.csv": b"x", "__MACOSX/a.jpg": b"x", **others}
    said = (
        5,
        "5 pictures in the zip are used by no row: set/0.jpg, set/1.jpg, set/2.jpg and 2 more.",
    )
    found = bring(admin, dataset, file=ROWS, images=zip_of(files), dry_run="true")
    assert unused(found) == said
    assert found["counts"]["rejected"] == 0
    done = change(admin, found, dry_run=False)
    assert (done["state"], unused(done)) == ("done", said)
    assert done["counts"]["images"] == 1


def test_one_is_said_in_the_singular(admin: APIClient, dataset: Dataset) -> None:
    files = {"a.jpg": picture(), "b.jpg": picture(50)}
    found = bring(admin, dataset, file=ROWS, images=zip_of(files))
    assert unused(found) == (1, "1 picture in the zip is used by no row: b.jpg.")


def test_what_is_there_already_still_uses_its_entry(admin: APIClient, dataset: Dataset) -> None:
    for _ in range(2):
        found = bring(admin, dataset, file=ROWS, images=zip_of({"x/a.jpg": picture()}))
        assert unused(found) is None


def test_without_a_label_file_or_a_zip_there_is_nothing_unused(
    admin: APIClient, dataset: Dataset, tmp_path: Path, settings: Any
) -> None:
    settings.IMAGE_ROOTS = [tmp_path.resolve()]
    (tmp_path / "a.jpg").write_bytes(picture())
    (tmp_path / "b.jpg").write_bytes(picture(50))
    assert unused(bring(admin, dataset, file=ROWS, image_root=str(tmp_path))) is None
    alone = zip_of({"crab/1.jpg": picture(60), "crab/2.jpg": picture(70)})
    assert unused(bring(admin, dataset, images=alone)) is None
