"""Label Studio exports as rows: choices, boxes, polygons and brush masks; what is asked and refused."""

import doctest
import io
import json
import tracemalloc
from typing import Any

import numpy as np
import pytest

from labelapp.geometry.rle import decode
from labelapp.imports import formats
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats import label_studio, outlines
from labelapp.imports.rows import Bad, Row
from tests.unit.geometry.painting import channels_of, pack

WIDTH, HEIGHT = 40, 20
SIZES = {"original_width": WIDTH, "original_height": HEIGHT, "image_rotation": 0}
PAINTED = np.random.default_rng(3).random((HEIGHT, WIDTH)) < 0.3


def task(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": number, "data": {"image": f"{number}.jpg"}, **more}


def by(*results: dict[str, Any], who: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": 9, "completed_by": who, "was_cancelled": False, "result": list(results), **more}


def choice(*words: Any, field: str = "kind", **more: Any) -> dict[str, Any]:
    own = {"id": "r1", "from_name": field, "to_name": "image", "type": "choices"}
    return {**own, "value": {"choices": list(words)}, **more}


def region(kind: str, field: str = "box", word: Any = "Cup", **value: Any) -> dict[str, Any]:
    own = {"id": "r2", "from_name": field, "to_name": "image", "type": kind, **SIZES}
    return {**own, "value": {**value, kind: [word]}}


def brush(code: Any) -> dict[str, Any]:
    return region("brushlabels", format="rle", rle=code)


def reader_of(given: Any, **taken_for: str) -> formats.Reader:
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    with formats.opened(io.BytesIO(content), "export.json", taken_for) as reader:
        assert reader.kind == "label_studio"
        return reader


def read(*tasks: Any, **taken_for: str) -> list[Row | Bad]:
    return list(reader_of(list(tasks), **taken_for).rows())


def rows_of(*tasks: Any, **taken_for: str) -> list[Row]:
    return [row for row in read(*tasks, **taken_for) if isinstance(row, Row)]


@pytest.mark.parametrize("module", [label_studio, outlines])
def test_the_examples_in_the_docstrings_hold(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_choices_of_several_people_are_labels_of_the_whole_picture() -> None:
    first, second, third, fourth = rows_of(
        task(7, annotations=[by(choice("Crab"), who=1), by(choice("Lobster"), who=2)]),
        task(8, annotations=[by(choice("Crab", "Old"), who=2)]),
    )
    assert (first.line, first.picture, first.label_class, first.region) == (
        1,
        "7.jpg",
        "Crab",
        None,
    )
    assert first.extra == {"task": 7, "completed_by": 1, "result": "r1"}
    assert (second.label_class, second.extra and second.extra["completed_by"]) == ("Lobster", 2)
    assert [(one.line, one.label_class) for one in (third, fourth)] == [(2, "Crab"), (2, "Old")]
    assert {one.confidence for one in (first, second, third, fourth)} == {""}


def test_a_box_in_percent_becomes_its_pixels() -> None:
    box = region("rectanglelabels", x=2.5, y=100 / 3, width=12.4, height=100 * 7 / 20, rotation=0)
    (row,) = rows_of(task(annotations=[by(box)]))
    assert row.region == {"box": [1, 6.666667, 4.96, 7]}


def test_a_turned_box_becomes_the_mask_of_what_it_covers() -> None:
    turned = region("rectanglelabels", x=50, y=20, width=20, height=25, rotation=90)
    (row,) = rows_of(task(annotations=[by(turned)]))
    assert row.region is not None
    covered = np.argwhere(decode(row.region["mask"]))
    # 8 by 5 pixels at (20, 4), turned clockwise: 5 by 8 to the left of x = 20.
    assert covered.min(axis=0).tolist() == [4, 15]
    assert covered.max(axis=0).tolist() == [11, 19]


def test_polygons_and_brushes_become_masks() -> None:
    corners = [[0, 0], [50, 0], [50, 50], [0, 50]]
    outlined, painted = rows_of(
        task(
            annotations=[
                by(region("polygonlabels", points=corners), brush(list(pack(channels_of(PAINTED)))))
            ]
        )
    )
    assert outlined.region is not None
    assert painted.region is not None
    expected = np.zeros((HEIGHT, WIDTH), bool)
    expected[:10, :20] = True
    assert np.array_equal(decode(outlined.region["mask"]), expected)
    assert np.array_equal(decode(painted.region["mask"]), PAINTED)


def test_what_models_predicted_is_a_field_of_its_own_with_its_scores() -> None:
    tasks = [
        task(
            annotations=[by(choice("Crab"))],
            predictions=[
                {"model_version": "v1", "score": 0.7, "result": [choice("Lobster")]},
                {"model_version": "v2", "result": [choice("Shrimp", score=0.25)]},
            ],
        )
    ]
    reader = reader_of(tasks)
    assert [row.label_class for row in reader.rows() if isinstance(row, Row)] == [None]
    assert reader.columns == {
        "data.image": "picture", "kind": "ignore", "kind (v1)": "ignore", "kind (v2)": "ignore",
    }  # fmt: skip
    (first,) = rows_of(*tasks, **{"kind (v1)": "class"})
    assert (first.label_class, first.confidence) == ("Lobster", "0.7")
    reader = reader_of(tasks, **{"kind (v2)": "class"})
    (second,) = [row for row in reader.rows() if isinstance(row, Row)]
    assert (second.label_class, second.confidence, reader.part()) == ("Shrimp", "0.25", "kind (v2)")
    assert reader.cells(second.raw) == ["1.jpg", "Crab", "Lobster", "Shrimp", "0.25"]
    (bare,) = rows_of(*tasks, **{"kind (v1)": "class", "kind (v1).score": "ignore"})
    assert bare.confidence == ""


def test_skipped_tasks_and_those_without_an_answer_are_pictures_without_a_label() -> None:
    skipped, first, second = read(
        task(1, annotations=[{**by(choice("Crab")), "was_cancelled": True}]),
        task(2, annotations=[]),
        task(3, annotations=[by(choice("Crab"))]),
    )[:3]
    assert isinstance(skipped, Bad)
    assert (skipped.line, skipped.code) == (1, "skipped")
    assert "(task id 1)" in skipped.reason
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert [(row.picture, row.label_class) for row in (first, second)] == [
        ("1.jpg", None),
        ("2.jpg", None),
    ]


NAN = float("nan")
BOX: dict[str, Any] = {"x": 1, "y": 1, "width": 2, "height": 2}
BROKEN: list[tuple[Any, str, str]] = [
    (region("rectanglelabels", **{**BOX, "x": 101}), "box_outside", "outside the picture"),
    (region("rectanglelabels", **{**BOX, "width": 0}), "bad_box", "no width"),
    (region("rectanglelabels", **{**BOX, "x": "1"}), "bad_outline", "not a number"),
    (region("rectanglelabels", **{**BOX, "x": NAN}), "bad_outline", "not a number"),
    ({**region("rectanglelabels", **BOX), "original_width": None}, "no_size", "how large"),
    ({**region("rectanglelabels", **BOX), "image_rotation": 90}, "picture_turned", "by 90 degrees"),
    (region("rectanglelabels"), "unknown_shape", "no rectangle"),
    (region("labels", x=1, y=1, radiusX=2, radiusY=2), "unknown_shape", "no rectangle"),
    (region("polygonlabels", points=[[0, 0], [1, 1]]), "bad_polygon", "three points"),
    (region("polygonlabels", points="0,0"), "bad_polygon", "three points"),
    (region("polygonlabels", points=[[0, 0], [0.1, 0], [0, 0.1]]), "bad_polygon", "no pixel"),
    (brush(list(pack(channels_of(PAINTED[:-1])))), "bad_mask", "holds 760 pixels, the picture 800"),
    (brush(list(pack(channels_of(PAINTED)))[:-9]), "bad_mask", "breaks off"),
    (brush([1, 2, 300]), "bad_mask", "not a list of bytes"),
    (brush("abc"), "bad_mask", "breaks off"),
    (brush(list(pack(channels_of(PAINTED * 0)))), "bad_mask", "nothing is painted"),
    (choice(), "no_class", "names no class"),
    (choice(7), "wrong_type", "not a text"),
    (choice("Crab", score=[1]), "bad_confidence", "not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("result", "code", "reason"), BROKEN)
def test_a_bad_result_is_rejected_by_itself(result: Any, code: str, reason: str) -> None:
    result = {**result, "id": "odd", "from_name": "one"}
    good = choice("Crab", field="one", score=0.5)
    first, bad, last = read(task(4, annotations=[by(good, result, good)]))
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert isinstance(bad, Bad)
    assert (bad.line, bad.code) == (1, code)
    assert reason in bad.reason
    assert bad.reason.endswith("(task id 4, result odd)")


def test_what_is_no_task_is_rejected_and_what_no_label_can_hold_is_named() -> None:
    dots = region("keypointlabels", field="dots", x=1, y=2)
    whole = [task(annotations=[by(choice("Crab"), dots)]), "text", {"data": 3}]
    reader = reader_of(whole)
    _, second, third = list(reader.rows())
    assert isinstance(second, Bad)
    assert (second.line, second.code) == (2, "bad_entry")
    assert isinstance(third, Row)
    assert third.picture == ""
    assert reader.facts["left_out"] == ["dots (keypointlabels)"]
    with pytest.raises(ImportStopped) as stopped:
        read(task(annotations=[by(dots)]))
    assert stopped.value.code == "no_labels"
    assert "dots (keypointlabels)" in stopped.value.sentence


def test_the_picture_is_the_detail_that_looks_like_one_and_may_be_said() -> None:
    def columns(data: dict[str, Any], **taken_for: str) -> dict[str, str]:
        reader = reader_of([{"data": data, "annotations": [by(choice("Crab"))]}], **taken_for)
        list(reader.rows())
        return reader.columns

    assert columns({"photo": "x", "image": "a"})["data.image"] == "picture"
    assert columns({"meta": "x", "photo": "a.JPG"}) == {
        "data.meta": "extra", "data.photo": "picture", "kind": "class",
    }  # fmt: skip
    two = {"left": "a.jpg", "right": "b.jpg"}
    assert "picture" not in columns(two).values()
    assert columns(two, **{"data.right": "picture"})["data.right"] == "picture"


def test_an_upload_may_lie_under_the_name_that_it_had_unless_two_had_it() -> None:
    paths = ["/data/upload/1/0a1b2c3d-a.jpg", "/data/upload/1/1a1b2c3d-b.jpg"]
    paths.append("http://here:8080/data/upload/2/2a1b2c3d-b.jpg")
    reader = reader_of([{"data": {"image": path}} for path in paths])
    names = [row.picture for row in reader.rows() if isinstance(row, Row)]
    assert names == ["0a1b2c3d-a.jpg", "1a1b2c3d-b.jpg", "2a1b2c3d-b.jpg"]
    assert [reader.also_named(name) for name in names] == ["a.jpg", None, None]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b'[{"image": "a.jpg", "kind": "Crab", "annotator": 1}]', "label_studio_short", "JSON-MIN"),
        (b'[{"image": "a.jpg"}]', "json_array", "tasks of a Label Studio export"),
        (b'[{"data": {}, "annotations": []}', "bad_json", "breaks off"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_clear_words(
    content: bytes, code: str, words: str
) -> None:
    with pytest.raises(ImportStopped) as stopped:
        list(reader_of(content).rows())
    assert stopped.value.code == code
    assert words in stopped.value.sentence


def test_memory_does_not_grow_with_the_file() -> None:
    one = json.dumps(task(annotations=[by(choice("Crab", note="n" * 2000))]))

    def peak(tasks: int) -> int:
        content = io.BytesIO(("[" + ",".join([one] * tasks) + "]").encode())
        tracemalloc.start()
        with formats.opened(content, "export.json", {}) as reader:
            assert sum(1 for _ in reader.rows()) == tasks
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(8000) < peak(2000) + 2_000_000  # 16 MB against 4 MB
