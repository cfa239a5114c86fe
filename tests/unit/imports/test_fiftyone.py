"""FiftyOne's dataset JSON as rows: classifications, boxes and their masks; what is asked and refused."""

import base64
import io
import json
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelapp.geometry.rle import decode
from labelapp.imports import formats
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats import packed
from labelapp.imports.formats.packed import BadArrayError
from labelapp.imports.rows import Bad, Row

WIDTH, HEIGHT = 40, 20
SIZE = {"_cls": "ImageMetadata", "width": WIDTH, "height": HEIGHT}


def sample(name: str = "/home/me/data/a.jpg", **fields: Any) -> dict[str, Any]:
    return {"filepath": name, "tags": ["train"], "metadata": SIZE, "uniqueness": 0.25, **fields}


def classified(word: Any, **more: Any) -> dict[str, Any]:
    return {
        "_cls": "Classification",
        "_id": {"$oid": "a1"},
        "label": word,
        "confidence": None,
        **more,
    }


def detected(word: Any, *box: Any, **more: Any) -> dict[str, Any]:
    return {"_cls": "Detection", "label": word, "bounding_box": list(box), "attributes": {}, **more}


def many(kind: str, *labels: dict[str, Any]) -> dict[str, Any]:
    return {"_cls": kind, kind.lower(): list(labels)}


def packed_mask(mask: Any, form: str = "wrapped") -> Any:
    file = io.BytesIO()
    np.save(file, np.asarray(mask))
    text = base64.b64encode(zlib.compress(file.getvalue())).decode()
    wrapped = {"$binary": {"base64": text, "subType": "00"}}
    return {"wrapped": wrapped, "old": {"$binary": text, "$type": "00"}, "bare": text}[form]


def reader_of(given: Any, **taken_for: str) -> formats.Reader:
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    with formats.opened(io.BytesIO(content), "samples.json", taken_for) as reader:
        assert reader.kind == "fiftyone"
        return reader


def read(*samples: Any, **taken_for: str) -> list[Row | Bad]:
    return list(reader_of({"name": "crabs", "samples": list(samples)}, **taken_for).rows())


def test_a_classification_is_a_label_of_the_whole_picture() -> None:
    first, second = read(sample(kind=classified("Crab", confidence=0.5)), sample(kind=None))
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.line, first.picture, first.label_class) == (1, "/home/me/data/a.jpg", "Crab")
    assert (first.confidence, first.region) == ("0.5", None)
    assert first.extra == {"uniqueness": 0.25, "id": "a1"}
    assert (second.line, second.label_class) == (2, None)


@pytest.mark.parametrize("layout", ["one line", "lines", "exported"])
def test_the_file_is_known_by_its_content(layout: str) -> None:
    whole = {"name": "crabs", "sample_fields": {}, "samples": [sample(kind=classified("Crab"))]}
    if layout == "exported":
        whole = {"samples": whole["samples"]}
    content = json.dumps(whole, indent=2 if layout == "lines" else None)
    for text in (content, content.replace('"crabs"', json.dumps("c" * 200_000))):
        (row,) = reader_of(text.encode()).rows()
        assert isinstance(row, Row)
        assert row.label_class == "Crab"


def test_several_labels_and_polygons_are_taken_too() -> None:
    both = many("Classifications", classified("Crab"), classified("Old"))
    assert [row.label_class for row in read(sample(x=both)) if isinstance(row, Row)] == [
        "Crab",
        "Old",
    ]
    shape = {"_cls": "Polyline", "label": "Crab", "closed": True, "filled": True}
    shape["points"] = [[[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]]
    (row,) = read(sample(x=many("Polylines", shape)))
    assert isinstance(row, Row)
    assert row.region is not None
    assert decode(row.region["mask"])[:10, :20].all()
    assert decode(row.region["mask"]).sum() == 200


def test_what_models_predicted_waits_for_a_choice() -> None:
    whole = {
        "samples": [
            sample(
                ground_truth=many("Detections", detected("Crab", 0, 0, 0.5, 0.5)),
                predictions=many(
                    "Detections", detected("Lobster", 0.25, 0.1, 0.5, 0.5, confidence=1)
                ),
            )
        ]
    }
    reader = reader_of(whole)
    assert [row.label_class for row in reader.rows() if isinstance(row, Row)] == [None]
    assert reader.needed() == ("picture", "class")
    assert reader.facts["roles"]["predictions"] == ["class", "ignore"]
    reader = reader_of(whole, predictions="class", ground_truth="picture", filepath="ignore")
    (row,) = reader.rows()
    assert isinstance(row, Row)
    assert (row.label_class, row.confidence, row.region) == (
        "Lobster",
        "1",
        {"box": [10, 2, 20, 10]},
    )
    assert reader.columns == {
        "filepath": "picture", "uniqueness": "extra", "ground_truth": "ignore", "predictions": "class",
        "predictions.outline": "extra", "predictions.confidence": "confidence",
    }  # fmt: skip
    assert reader.cells(row.raw) == ["/home/me/data/a.jpg", "0.25", "Crab", "Lobster", "box", "1"]


@given(
    st.integers(0, 999), st.integers(0, 30), st.integers(0, 15), st.integers(1, 10), st.integers(1, 5),
    st.sampled_from(["wrapped", "old", "bare"]), st.sampled_from([bool, np.uint8, np.int64, np.float32]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_mask_of_a_box_lies_where_it_was_cut_out(
    seed: int, x: int, y: int, wide: int, tall: int, form: str, kind: Any
) -> None:
    part = np.random.default_rng(seed).random((tall, wide)) < 0.5
    part[0, 0] = True
    box = (x / WIDTH, y / HEIGHT, wide / WIDTH, tall / HEIGHT)
    for order in ("C", "F"):
        mask = packed_mask(np.asarray(part.astype(kind), order=order), form)
        (row,) = read(sample(x=many("Detections", detected("Crab", *box, mask=mask))))
        assert isinstance(row, Row)
        assert row.region is not None
        expected = np.zeros((HEIGHT, WIDTH), bool)
        expected[y : y + tall, x : x + wide] = part
        assert np.array_equal(decode(row.region["mask"]), expected)


def test_a_mask_of_another_size_is_stretched_to_its_box_and_cut_at_the_edges() -> None:
    part = np.eye(2, dtype=bool)
    pasted = packed.pasted(part, (-2, 16, 4, 8), (HEIGHT, WIDTH))
    expected = np.zeros((HEIGHT, WIDTH), bool)
    expected[16:20, 0:0] = True  # the upper left part lies outside
    expected[20:, 0:2] = True  # so does the lower right one
    assert np.array_equal(pasted, expected)
    pasted = packed.pasted(part, (0, 0, 4, 6), (HEIGHT, WIDTH))
    assert pasted[:3, :2].all()
    assert pasted[3:6, 2:4].all()
    assert pasted.sum() == 12


SQUARE = (0.1, 0.1, 0.2, 0.2)
BROKEN: list[tuple[Any, str, str]] = [
    (detected("Crab", 1.5, 0, 0.1, 0.1), "box_outside", "outside the picture"),
    (detected("Crab", 0, 0, 0.1), "bad_box", "not four numbers"),
    (detected("Crab", 0, 0, None, 1), "bad_outline", "not a number"),
    (detected("Crab", 0, 0, 10**400, 1), "bad_outline", "not a number"),
    (detected("Crab", *SQUARE, mask_path="/m/1.png"), "mask_elsewhere", "mask_path"),
    (detected("Crab", *SQUARE, mask="!"), "bad_mask", "cannot be unpacked"),
    (detected("Crab", *SQUARE, mask={"$binary": 3}), "bad_mask", "not a packed array"),
    (detected("Crab", *SQUARE, mask=packed_mask(np.zeros((4, 8)))), "bad_mask", "no pixel"),
    (detected("Crab", *SQUARE, mask=packed_mask(np.zeros(4))), "bad_mask", "rows and columns"),
    (detected(None, *SQUARE), "no_class", "names no class"),
    (detected(7, *SQUARE), "wrong_type", "not a text"),
    (detected("Crab", *SQUARE, confidence=[1]), "bad_confidence", "not a number"),
    ("text", "no_class", "names no class"),
]


@pytest.mark.parametrize(("label", "code", "reason"), BROKEN)
def test_a_bad_label_is_rejected_by_itself(label: Any, code: str, reason: str) -> None:
    good = detected("Crab", *SQUARE)
    label = {**label, "_id": {"$oid": "odd"}} if isinstance(label, dict) else label
    first, bad, last = read(sample(x=many("Detections", good, label, good)))
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert isinstance(bad, Bad)
    assert (bad.line, bad.code) == (1, code)
    assert reason in bad.reason
    assert bad.reason.endswith("(x, id odd)" if isinstance(label, dict) else "(x)")


def test_a_field_whose_kind_is_no_text_holds_no_labels() -> None:
    crab = {"_cls": "Classification", "label": "Crab"}
    (row,) = read(sample(odd={"_cls": ["Classification"]}, x=crab))
    assert isinstance(row, Row)
    assert row.label_class == "Crab"


def test_boxes_need_the_size_of_their_picture_and_lines_must_be_closed() -> None:
    (bad,) = read(sample(metadata=None, x=many("Detections", detected("Crab", *SQUARE))))
    assert isinstance(bad, Bad)
    assert bad.code == "no_size"
    assert "compute its metadata" in bad.reason
    line = {"_cls": "Polyline", "label": "Crab", "closed": False, "points": [[[0, 0], [1, 1]]]}
    (bad,) = read(sample(x=line))
    assert isinstance(bad, Bad)
    assert bad.code == "unknown_shape"


def test_what_no_label_can_hold_is_named() -> None:
    whole = {
        "samples": [sample(kind=classified("Crab"), dots={"_cls": "Keypoints", "keypoints": []})]
    }
    reader = reader_of(whole)
    assert len(list(reader.rows())) == 1
    assert reader.facts["left_out"] == ["dots (Keypoints)"]
    with pytest.raises(ImportStopped, match=r"are not taken: seg \(Segmentation\)"):
        read(sample(seg={"_cls": "Segmentation", "mask": None}))


def test_pictures_may_lie_elsewhere_than_the_file_says() -> None:
    reader = reader_of(
        {"samples": [sample(f"/home/me/{one}.jpg") for one in ("a/1", "a/2", "b/1")]}
    )
    names = [row.picture for row in reader.rows() if isinstance(row, Row)]
    assert [reader.also_named(name) for name in names] == ["a/1.jpg", "a/2.jpg", "b/1.jpg"]
    assert reader.also_named("elsewhere.jpg") is None


@given(st.binary(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_bytes_of_an_array_do_more_than_be_refused(content: bytes) -> None:
    for head in (b"", b"\x93NUMPY\x01\x00", b"\x93NUMPY\x01\x00\x10\x00", b"\x93NUMPY\x03\x00"):
        text = base64.b64encode(zlib.compress(head + content)).decode()
        with pytest.raises(BadArrayError):
            packed.mask_of(text)


def test_an_array_that_unpacks_to_more_than_any_picture_is_refused() -> None:
    shape = "{'descr': '|b1', 'fortran_order': False, 'shape': (99999, 99999), }"
    head = b"\x93NUMPY\x01\x00" + len(shape).to_bytes(2, "little") + shape.encode()
    with pytest.raises(BadArrayError, match="does not hold its 99999 x 99999 pixels"):
        packed.mask_of(base64.b64encode(zlib.compress(head + bytes(10))).decode())
