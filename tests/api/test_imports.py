"""Imports by the API, with the worker's part done in this process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rest_framework.test import APIClient

from labelapp.catalog.counts import differences
from labelapp.catalog.models import Blob, Dataset, Image, Label, LabelChange, LabelClass
from labelapp.geometry.rle import encode
from tests.api.importing import CSV, bring, change, picture, read, rejected, send, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


@pytest.fixture
def by_reference(admin: APIClient, dataset: Dataset) -> Callable[..., dict[str, Any]]:
    """Import a label file without its pictures."""
    return lambda file, **more: bring(
        admin, dataset, file=file, **{"missing_images": "reference", **more}
    )


def test_it_takes_labels_by_reference(by_reference: Any, dataset: Dataset) -> None:
    found = by_reference(CSV + "a.jpg,Crab,0.85\nb.jpg,Crab,0.5\nb.jpg,Lobster,0.25\n")
    assert found["state"] == "done"
    assert found["counts"] == {
        "rows": 3, "labels": 3, "images": 2, "unchanged": 0, "updated": 0, "rejected": 0,
    }  # fmt: skip
    assert found["confidence_scale"] == "fraction"
    label = Label.objects.get(image__ref="a.jpg")
    assert (label.confidence, label.bin, label.source) == (0.85, 850, "labels.csv")
    assert str(label.origin) == found["id"]
    dataset.refresh_from_db()
    assert dataset.image_count == 2
    assert differences() == []


def test_the_published_shellfish_file_is_taken_whole_and_once(
    admin: APIClient, dataset: Dataset, shared_data: Path
) -> None:
    data = (shared_data / "qa" / "shellfish.csv").read_bytes()
    sent = {"file": ("shellfish.csv", data), "missing_images": "placeholder"}
    found = bring(admin, dataset, **sent)
    assert found["state"] == "done", found["message"]
    assert found["counts"]["labels"] == 367
    assert found["counts"]["images"] == 252
    assert found["confidence_scale"] == "percent"
    assert found["questions"] == []
    assert ("several_labels", 93) in [(n["code"], n["count"]) for n in found["notices"]]
    again = bring(admin, dataset, **sent)
    assert again["counts"] == {
        "rows": 367, "labels": 0, "images": 0, "unchanged": 367, "updated": 0, "rejected": 0,
    }  # fmt: skip
    assert Label.objects.filter(bin__gte=800).count() == 245
    assert differences() == []


def test_the_published_pictures_are_found_in_a_zip(
    admin: APIClient, dataset: Dataset, shared_data: Path
) -> None:
    folder = shared_data / "qa" / "images"
    names = [path for part in ("crab", "scorpion") for path in sorted((folder / part).iterdir())]
    files = {f"images/{path.parent.name}/{path.name}": path.read_bytes() for path in names}
    data = (shared_data / "qa" / "shellfish.csv").read_bytes()
    found = bring(admin, dataset, file=("shellfish.csv", data), images=zip_of(files))
    assert found["state"] == "done", found["message"]
    counts = found["counts"]
    assert (
        counts["images"]
        == Image.objects.exclude(blob=None).count()
        == len({image.ref for image in Image.objects.all()})
    )
    assert counts["labels"] + counts["rejected"] == 367
    assert len(rejected(admin, found)) == counts["rejected"]


def test_without_pictures_every_row_is_rejected_with_its_line(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.85\n\nb.jpg,Crab,0.5\n")
    assert found["state"] == "done"
    assert found["counts"]["rejected"] == 2
    assert admin.get(found["rejected_url"]).getvalue().startswith(b"line,reason\n")
    assert rejected(admin, found) == ["2,picture not found", "4,picture not found"]
    assert found["skips"] == [
        {"code": "picture_not_found", "rows": 2, "reason": "picture not found"}
    ]
    assert Image.objects.count() == Label.objects.count() == LabelClass.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Crab,0.5", "the row names no picture"),
        ("a.jpg,,0.5", "the row names no class"),
        ("a.jpg,Crab,NaN", "confidence “NaN” is not a finite number"),
        ("a.jpg,Crab,inf", "confidence “inf” is not a finite number"),
        ("a.jpg,Crab,high", "confidence “high” is not a number"),
        ("a.jpg,Crab,-0.1", "confidence “-0.1” is outside 0 to 1"),
        ("a.jpg,Crab,1.01", "confidence “1.01” is outside 0 to 1"),
        ("a.jpg,Crab,0.5,more", "the row has 4 cells, the header 3"),
        (
            "https://h/a.jpg,Crab,0.5",
            "pictures are not fetched from web addresses; use a path or s3://",
        ),
        ("a.jpg,Cr\0ab,0.5", "the row holds a character that is not text"),
        ("a.jpg," + "x" * 301 + ",0.5", "the class name has more than 300 characters"),
        ("a" * 2001 + ",Crab,0.5", "the path has more than 2,000 bytes"),
        ('a.jpg,"Crab,0.5', "a quoted cell begins here and does not end"),
        ("x" * 100_001, "the line has more than 100,000 characters"),
        ("1.jpg,Crab,0.9", "duplicate of line 2"),
    ],
)  # fmt: skip
def test_a_bad_row_is_rejected_alone(
    by_reference: Any, admin: APIClient, row: str, reason: str
) -> None:
    good = "".join(f"{n}.jpg,Crab,0.{n}\n" for n in range(1, 21))
    mapping = '{"confidence_scale": "fraction"}'
    found = by_reference(CSV + good + row + "\nlast.jpg,Crab,0.3\n", mapping=mapping)
    assert found["state"] == "done", found
    assert found["counts"]["labels"] == 21
    assert rejected(admin, found) == [f"22,{reason}"] or rejected(admin, found) == [
        f'22,"{reason}"'
    ]
    assert found["problems"][0]["line"] == 22
    assert found["problems"][0]["reason"] == reason


def test_percent_is_read_exactly(by_reference: Any) -> None:
    rows = "".join(f"{n}.jpg,Crab,{n}\n" for n in (85, 100, 2, 99.99999999, 57, 29))
    by_reference(CSV + rows)
    found = {label.image.ref: (label.confidence, label.bin) for label in Label.objects.all()}
    assert found["85.jpg"] == (0.85, 850)
    assert found["100.jpg"] == (1.0, 1000)
    assert found["99.99999999.jpg"] == (0.9999999999, 999)
    assert found["29.jpg"] == (0.29, 290)
    assert found["57.jpg"] == (0.57, 570)


def test_only_zeros_and_ones_are_asked_about_and_nothing_is_written_before(
    by_reference: Any, admin: APIClient
) -> None:
    found = by_reference(CSV + "a.jpg,Crab,1\nb.jpg,Crab,0\n")
    assert found["state"] == "needs_answers"
    assert Label.objects.count() == Image.objects.count() == LabelClass.objects.count() == 0
    [question] = found["questions"]
    assert (question["id"], question["kind"]) == ("scale", "scale")
    assert question["choices"] == ["fraction", "percent"]
    assert found["preview"][0]["picture"] == "a.jpg"
    done = change(admin, found, answers={"scale": "percent"})
    assert done["state"] == "done"
    assert Label.objects.get(image__ref="a.jpg").confidence == 0.01


def test_the_scale_may_be_said_beforehand(by_reference: Any) -> None:
    mapping = '{"confidence_scale": "percent"}'
    found = by_reference(CSV + "a.jpg,Crab,1\nb.jpg,Crab,0\n", mapping=mapping)
    assert found["state"] == "done"
    assert Label.objects.get(image__ref="a.jpg").bin == 10


def test_spellings_that_differ_in_case_or_spaces_are_asked_about(
    by_reference: Any, admin: APIClient
) -> None:
    rows = "a.jpg,Hermit Crab,0.5\nb.jpg,Hermit Crab,0.6\nc.jpg,hermit  crab,0.7\n"
    found = by_reference(CSV + rows)
    assert found["state"] == "needs_answers"
    [question] = found["questions"]
    assert question["kind"] == "similar_class"
    assert question["choices"] == ["merge", "reject"]
    assert (question["found"], question["like"], question["rows"]) == (
        "hermit  crab", "Hermit Crab", 1,
    )  # fmt: skip
    done = change(admin, found, answers={question["id"]: "merge"})
    assert done["counts"]["labels"] == 3
    assert [one.name for one in LabelClass.objects.all()] == ["Hermit Crab"]


def test_a_rejected_spelling_rejects_its_rows(by_reference: Any, admin: APIClient) -> None:
    found = by_reference(CSV + "a.jpg,Crab,0.5\nb.jpg,Crab,0.5\nc.jpg,CRAB,0.7\n")
    done = change(admin, found, answers={"class:CRAB": "reject"})
    assert rejected(admin, done) == ["4,the class “CRAB” was rejected"]
    assert done["counts"]["labels"] == 2


def test_a_slip_may_be_merged_or_kept(by_reference: Any, admin: APIClient) -> None:
    by_reference(CSV + "a.jpg,Lobster,0.5\n")
    found = by_reference(CSV + "b.jpg,Lobstr,0.5\n")
    assert found["questions"][0]["choices"] == ["merge", "keep"]
    assert change(admin, found, answers={"class:Lobstr": "keep"})["counts"]["labels"] == 1
    assert LabelClass.objects.filter(name="Lobstr").exists()


def test_classes_may_be_mapped_beforehand(by_reference: Any) -> None:
    by_reference(CSV + "a.jpg,Lobster,0.5\n")
    mapping = '{"classes": {"Lobstr": "Lobster", "LOBSTER": "Lobster"}}'
    found = by_reference(CSV + "b.jpg,Lobstr,0.5\nc.jpg,LOBSTER,0.5\n", mapping=mapping)
    assert found["state"] == "done"
    assert LabelClass.objects.count() == 1


def test_an_unknown_answer_is_refused(by_reference: Any, admin: APIClient) -> None:
    found = by_reference(CSV + "a.jpg,Crab,1\nb.jpg,Crab,0\n")
    url = f"/api/v1/imports/{found['id']}/"
    for answers in ({"scale": "metres"}, {"colour": "red"}):
        answer = admin.patch(url, {"answers": answers}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_answer")


def test_a_missing_column_is_asked_for_by_name(by_reference: Any, admin: APIClient) -> None:
    found = by_reference("image,what,confidence\na.jpg,Crab,0.5\n")
    assert found["state"] == "needs_answers"
    [question] = found["questions"]
    assert (question["kind"], question["role"]) == ("columns", "class")
    assert question["choices"] == ["image", "what", "confidence"]
    done = change(admin, found, answers={question["id"]: "what"})
    assert done["state"] == "done"
    assert done["columns"] == {"image": "picture", "what": "class", "confidence": "confidence"}


def test_unknown_columns_stay_as_details(by_reference: Any, admin: APIClient) -> None:
    found = by_reference("image;label;confidence;camera\na.jpg;Crab;0.5;left\n")
    assert found["columns"]["camera"] == "extra"
    answer = admin.get("/api/v1/labels/", {"dataset": found["dataset"]}).json()
    assert answer["results"][0]["extra"] == {"camera": "left"}


def test_a_dry_run_says_what_would_come_and_then_goes_on(
    by_reference: Any, admin: APIClient
) -> None:
    by_reference(CSV + "a.jpg,Crab,0.5\nb.jpg,Crab,0.5\n")
    found = by_reference(
        CSV + "a.jpg,Crab,0.5\nb.jpg,Crab,0.7\nc.jpg,Crab,0.5\nc.jpg,Crab,0.5\n", dry_run=True
    )
    assert found["state"] == "done"
    assert found["is_open"]
    expected = {
        "rows": 4, "labels": 1, "images": 1, "unchanged": 1, "updated": 1, "rejected": 1,
    }  # fmt: skip
    assert found["counts"] == expected
    assert found["preview"][3]["problem"] == "duplicate of line 4"
    assert Label.objects.count() == 2
    done = change(admin, found, dry_run=False)
    assert done["counts"] == expected
    assert not done["is_open"]
    assert Label.objects.count() == 3


def test_a_dry_run_counts_also_while_questions_are_open(by_reference: Any) -> None:
    found = by_reference(CSV + "a.jpg,Crab,1\nb.jpg,crab,0\n", dry_run=True)
    assert found["state"] == "needs_answers"
    assert len(found["questions"]) == 2
    assert found["counts"]["labels"] == 2
    assert LabelClass.objects.count() == 0


def test_another_confidence_updates_and_keeps_the_old_one_in_the_history(by_reference: Any) -> None:
    by_reference(CSV + "a.jpg,Crab,0.5\nb.jpg,Crab,0.6\n")
    found = by_reference(CSV + "a.jpg,Crab,0.75\nb.jpg,Crab,0.6\n")
    assert found["counts"]["updated"] == found["counts"]["unchanged"] == 1
    change_ = LabelChange.objects.get()
    assert (change_.before, change_.after) == ({"confidence": 0.5}, {"confidence": 0.75})
    assert Label.objects.get(image__ref="a.jpg").bin == 750
    assert differences() == []


def test_a_label_without_confidence_is_kept_without(by_reference: Any, admin: APIClient) -> None:
    found = by_reference(CSV + "a.jpg,Crab,\nb.jpg,Crab,0.5\n")
    assert found["counts"]["labels"] == 2
    assert {"no_confidence": 1}.items() <= {n["code"]: n["count"] for n in found["notices"]}.items()
    answer = admin.get("/api/v1/labels/", {"dataset": found["dataset"], "min_confidence": 0})
    assert [row["image_ref"] for row in answer.json()["results"]] == ["b.jpg"]


def test_boxes_make_labels_of_their_own(by_reference: Any) -> None:
    header = "image,label,confidence,xmin,ymin,xmax,ymax\n"
    rows = "a.jpg,Crab,0.5,1,2,11,22\na.jpg,Crab,0.5,1,2,11,23\na.jpg,Crab,0.5,,,,\n"
    found = by_reference(header + rows + "a.jpg,Crab,0.5,9,9,9,9\na.jpg,Crab,0.5,1.0,2,11,22\n")
    assert found["counts"]["labels"] == 3
    assert [one["code"] for one in found["problems"]] == ["bad_box", "duplicate"]
    regions = [label.region for label in Label.objects.all()]
    assert {"box": [1, 2, 10, 20]} in regions
    assert {} in regions


def test_json_lines_are_taken(by_reference: Any, admin: APIClient) -> None:
    lines = [
        '{"image": "a.jpg", "label": "Crab", "confidence": 0.98, "camera": 3}',
        '{"image": "b.jpg", "labels": [{"label": "Crab", "confidence": 0.5}, {"label": "Cat"}]}',
        '{"image": "c.jpg", "label": "Cat", "mask": {"size": [2, 2], "counts": "04"}}',
        '{"source-ref": "s3://b/d.jpg", "k": 1, "k-metadata": {"class-name": "Cat", "confidence": 0.7}}',
        "not json",
        "[1]",
        '{"image": "e.jpg", "label": "Cat", "confidence": NaN}',
        '{"image": "f.jpg", "label": ["Cat"]}',
    ]
    found = by_reference(("labels.jsonl", "\n".join(lines)))
    assert found["counts"]["labels"] == 5, found
    assert [line.split(",")[0] for line in rejected(admin, found)] == ["5", "6", "7", "8"]
    assert Label.objects.get(image__ref="s3://b/d.jpg").confidence == 0.7
    assert Label.objects.get(image__ref="a.jpg").extra == {"camera": 3}


def test_large_masks_are_kept_and_recognised_again(by_reference: Any) -> None:
    line = '{"image": "a.jpg", "label": "Cat", "mask": {"size": [200, 200], "counts": "%s"}}\n'
    noise = np.random.default_rng(1).random((2, 200, 200)) < 0.5
    data = (
        "m.jsonl",
        "".join(line % encode(mask)["counts"].replace("\\", "\\\\") for mask in noise),
    )
    assert len(data[1]) > 30_000
    assert by_reference(data)["counts"]["labels"] == 2
    assert by_reference(data)["counts"]["unchanged"] == 2


def test_rejected_rows_are_listed_in_the_order_of_the_file(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=CSV + "".join(f"{n}.jpg,Crab,0.5\n" for n in range(11)))
    assert [line.split(",")[0] for line in rejected(admin, found)] == [str(n) for n in range(2, 13)]


def test_nothing_at_all_is_refused(admin: APIClient, dataset: Dataset) -> None:
    assert send(admin, dataset).json()["code"] == "nothing_to_import"
    two = send(admin, dataset, images=zip_of({}), s3_uri="s3://bucket/")
    assert two.json()["code"] == "two_picture_sources"
    root = send(admin, dataset, image_root="/etc")
    assert (root.status_code, root.json()["code"]) == (400, "image_root_not_allowed")
    mapping = send(admin, dataset, file=CSV, mapping='{"columns": {"image": "planet"}}')
    assert mapping.status_code == 400


def test_a_cancelled_import_writes_nothing_and_stays_ended(
    admin: APIClient, dataset: Dataset
) -> None:
    from labelapp.imports.running import run

    sent = send(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", missing_images="reference").json()
    url = f"/api/v1/imports/{sent['id']}/"
    assert admin.post(f"{url}cancel/").json()["state"] == "cancelled"
    run(sent["id"])
    assert read(admin, sent["id"])["state"] == "cancelled"
    assert Image.objects.count() == 0
    assert admin.post(f"{url}cancel/").json()["code"] == "import_ended"
    assert admin.patch(url, {"dry_run": False}, format="json").json()["code"] == "import_not_open"


def test_imports_are_read_by_analysts_and_made_by_admins_only(
    cast: Cast, admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", missing_images="reference")
    analyst, labeler = client_of(cast.analyst), client_of(cast.ana)
    assert read(analyst, found["id"])["state"] == "done"
    assert len(analyst.get("/api/v1/imports/").json()["results"]) == 1
    assert send(analyst, dataset, file=CSV).status_code == 403
    assert labeler.get("/api/v1/imports/").status_code == 403
    assert client_of(None).get("/api/v1/imports/").status_code == 401


def test_the_same_content_is_stored_once_and_shown_as_twins(
    admin: APIClient, dataset: Dataset
) -> None:
    files = {"a.jpg": picture(), "b.jpg": picture(), "c.jpg": picture(50)}
    rows = CSV + "".join(f"{name},Crab,0.5\n" for name in files)
    found = bring(admin, dataset, file=rows, images=zip_of(files))
    assert found["counts"]["images"] == 3
    assert Blob.objects.count() == 2
    assert ("same_content", 2) in [(n["code"], n["count"]) for n in found["notices"]]
