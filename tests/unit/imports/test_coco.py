"""COCO files as rows: masks to the letter, polygons as the reference fills them, and what is refused."""

import doctest
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import IO, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as reference

from labelapp.geometry.rle import decode, encode
from labelapp.imports import formats
from labelapp.imports.documents import Document
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats import coco_tables, masks
from labelapp.imports.rows import Bad, Row

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation:DeprecationWarning"  # pycocotools
)

IMAGES = [{"id": 1, "file_name": "a.jpg", "height": 4, "width": 6}]
CATEGORIES = [{"id": 7, "name": "Cup"}]


def document(*annotations: Any, **more: Any) -> dict[str, Any]:
    own = [
        {"id": n, "image_id": 1, "category_id": 7, **one} if isinstance(one, dict) else one
        for n, one in enumerate(annotations, start=100)
    ]
    return {"info": {}, "images": IMAGES, "annotations": own, "categories": CATEGORIES, **more}


def read(given: Any, name: str = "coco.json") -> list[Row | Bad]:
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    with formats.opened(io.BytesIO(content), name, {}) as reader:
        assert reader.kind == "coco"
        return list(reader.rows())


@pytest.mark.parametrize("module", [coco_tables, masks])
def test_the_examples_in_the_docstrings_hold(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.sampled_from([0.0, 0.03, 0.5, 1.0]),
    st.integers(0, 999),
)
@settings(max_examples=100, deadline=None)
def test_a_mask_comes_in_without_a_pixel_changed(h: int, w: int, share: float, seed: int) -> None:
    mask = np.random.default_rng(seed).random((h, w)) < share
    rle = encode(mask)
    images = [{"id": 1, "file_name": "a.jpg", "height": h, "width": w}]
    (row,) = read(document({"segmentation": rle}, images=images))
    assert isinstance(row, Row)
    assert row.region == {"mask": dict(rle)}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_plain_counts_become_the_letters_of_the_reference(counts: list[int], height: int) -> None:
    counts = [*counts, height - sum(counts) % height]
    width = sum(counts) // height
    images = [{"id": 1, "file_name": "a.jpg", "height": height, "width": width}]
    outline = {"size": [height, width], "counts": counts}
    (row,) = read(document({"segmentation": outline, "iscrowd": 1}, images=images))
    assert isinstance(row, Row)
    assert row.region is not None
    expected = reference.decode(reference.frPyObjects(outline, height, width))
    assert np.array_equal(decode(row.region["mask"]), expected)
    assert row.extra == {"id": 100, "iscrowd": 1}


def test_polygons_boxes_and_scores_are_taken() -> None:
    rows = read(
        document(
            {"segmentation": [[0, 0, 3, 0, 3, 2, 0, 2], [4, 2, 6, 2, 6, 4, 4, 4]], "score": 0.25},
            {"segmentation": [], "bbox": [1, 1, 2.5, 2], "area": 5, "note": "torn"},
            {"bbox": [0, 0, 6, 4], "score": 1},
        )
    )
    outlined, boxed, scored = [row for row in rows if isinstance(row, Row)]
    assert outlined.region is not None
    expected = np.zeros((4, 6), bool)
    expected[:2, :3] = expected[2:, 4:] = True
    assert np.array_equal(decode(outlined.region["mask"]), expected)
    assert (outlined.line, outlined.picture, outlined.label_class) == (1, "a.jpg", "Cup")
    assert (outlined.confidence, boxed.confidence, scored.confidence) == ("0.25", "", "1")
    assert boxed.region == {"box": [1, 1, 2.5, 2]}
    assert boxed.extra == {"id": 101, "note": "torn"}


NAN = float("nan")
BROKEN: list[tuple[Any, str, str]] = [
    ({"image_id": 9, "bbox": [0, 0, 1, 1]}, "unknown_image", "no picture of the file has the id 9"),
    ({"image_id": "1", "bbox": [0, 0, 1, 1]}, "unknown_image", "has the id 1"),
    ({"category_id": 8, "bbox": [0, 0, 1, 1]}, "unknown_category", "no category of the file has"),
    (
        {"segmentation": {"size": [4, 6], "counts": [5]}},
        "bad_mask",
        "hold 5 pixels, the picture 24",
    ),
    ({"segmentation": {"size": [4, 6], "counts": [-4, 28]}}, "bad_mask", "a run is negative"),
    ({"segmentation": {"size": [4, 6], "counts": "~"}}, "bad_mask", "a foreign letter"),
    ({"segmentation": {"size": [4, 6]}}, "bad_mask", "the mask is not"),
    ({"segmentation": {"size": [0, 6], "counts": []}}, "bad_mask", "no picture has the size"),
    ({"segmentation": {"size": [10**9, 10**9], "counts": [10**18]}}, "bad_mask", "no picture has"),
    (
        {"segmentation": {"size": [6, 4], "counts": [24]}},
        "mask_of_another_size",
        "the mask is 6 x 4, the file says 4 x 6",
    ),
    ({"segmentation": [[0, 0, 1, 1]]}, "bad_polygon", "has 4 numbers"),
    ({"segmentation": [[0, 0, 1, 1, 2, 2, 3]]}, "bad_polygon", "has 7 numbers"),
    ({"segmentation": [[0, 0, 1, NAN, 2, 2]]}, "bad_polygon", "a coordinate is not a number"),
    ({"segmentation": [[0, 0, "x", 1, 2, 2]]}, "bad_polygon", "a polygon is a list of"),
    ({"segmentation": [[0, 0, 1e12, 1, 2, 2]]}, "bad_polygon", "longer than any picture"),
    ({"segmentation": [[0, 0, 0.1, 0, 0.1, 0.1]]}, "bad_polygon", "holds no pixel"),
    ({"segmentation": [1, 2, 3, 4, 5, 6]}, "bad_polygon", "neither a mask nor a list of polygons"),
    ({"bbox": [0, 0, NAN, 1]}, "bad_box", "not four numbers"),
    ({"bbox": [0, 0, 0, 1]}, "bad_box", "no width or no height"),
    ({"bbox": {"x": 1}}, "bad_box", "not four numbers"),
    ({"bbox": [6, 0, 2, 2]}, "box_outside", "outside the picture"),
    ({}, "no_outline", "neither an outline nor a box"),
    ({"bbox": [0, 0, 1, 1], "score": [1]}, "bad_confidence", "the score is not a number"),
    ("text", "bad_annotation", "no JSON object"),
]


@pytest.mark.parametrize(("annotation", "code", "reason"), BROKEN)
def test_a_bad_annotation_is_rejected_by_itself(annotation: Any, code: str, reason: str) -> None:
    good = {"bbox": [0, 0, 1, 1]}
    first, bad, last = read(document(good, annotation, good))
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert isinstance(bad, Bad)
    assert (bad.line, bad.code) == (2, code)
    assert reason in bad.reason
    if isinstance(annotation, dict):
        assert "(annotation id 101)" in bad.reason


def test_pictures_are_told_apart_and_those_without_an_annotation_kept() -> None:
    images = [
        *IMAGES,
        {"id": 2, "file_name": "b.jpg"},
        {"id": 3, "file_name": "c.jpg"},
        {"id": 3, "file_name": "d.jpg"},
        {"id": 4},
        {"file_name": "e.jpg"},
        "text",
        {"id": 5, "file_name": "f.jpg", "height": 10**6, "width": 10**6},
    ]
    outline = {"segmentation": [[0, 0, 3, 0, 3, 3]]}
    rows = read(document(*({"image_id": n, **outline} for n in (1, 2, 3)), images=images))
    told = [(row.line, row.reason.partition(" (")[0]) for row in rows if isinstance(row, Bad)]
    assert told == [
        (2, "the file does not say how large the picture is"),
        (3, "the file has two pictures of this id"),
        (0, "the file gives this picture no file_name"),
        (0, "the file gives this picture no id"),
        (0, "the entry is no JSON object"),
        (0, "no picture may have 1000000 x 1000000 pixels"),
    ]
    assert [bad.entry for bad in rows if isinstance(bad, Bad) and bad.entry] == [
        "images, entry 5", "e.jpg", "images, entry 7", "f.jpg",
    ]  # fmt: skip


def test_a_file_of_pictures_alone_has_rows_without_labels() -> None:
    rows = read({"images": IMAGES, "categories": CATEGORIES})
    assert [(row.picture, row.label_class) for row in rows if isinstance(row, Row)] == [
        ("a.jpg", None)
    ]


def test_the_lists_may_stand_in_any_order_on_one_line_or_many() -> None:
    whole = document({"bbox": [0, 0, 1, 1]})
    for order in (list(whole), list(reversed(whole))):
        for indent in (None, 1):
            text = json.dumps({name: whole[name] for name in order}, indent=indent)
            (row,) = read(text.encode())
            assert isinstance(row, Row)
            assert (row.picture, row.label_class) == ("a.jpg", "Cup")
    (row,) = read(b"\xef\xbb\xbf" + json.dumps(whole, indent=2).encode().replace(b"\n", b"\r\n"))
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b'{"images": [], "annotations": [{}', "bad_json", "breaks off"),
        (b'{\n"images": [],\n"annotations": [{"id": tru}]}', "bad_json", "line 3"),
        (b'{\n"shapes": []\n}', "json_document", "one JSON object on each line"),
        (b'{"images": [], "annotations": []} {"more": 1}', "bad_json", "more text follows"),
        (b'{"annotations": [], "categories": []}', "coco_incomplete", "no list “images”"),
        (b'{"annotations": [{}], "images": []}', "coco_incomplete", "no list “categories”"),
        (
            b'[{"image_id": 1, "category_id": 2, "score": 1}]',
            "coco_results",
            "as “annotations” into",
        ),
        (b"[[1, 2", "json_array", "one JSON object on each line"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_clear_words(
    content: bytes, code: str, words: str
) -> None:
    with pytest.raises(ImportStopped) as stopped:
        read(content)
    assert stopped.value.code == code
    assert words in stopped.value.sentence


def test_json_lines_are_no_document() -> None:
    first = b'{"image": "a.jpg", "label": "Cup"'
    for content in (
        first + b"}\n",
        first + b"\n" + first + b"}\n",
        first + b', "x": "%s"}' % (b"y" * 200_000),
    ):
        with formats.opened(io.BytesIO(content), "a.json", {}) as reader:
            assert reader.kind == "jsonl"


class _Endless(io.RawIOBase):
    """A COCO file made while it is read."""

    def __init__(self, annotations: int) -> None:
        self._annotations = annotations
        self.seek(0)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._parts, self._rest = self._made(), b""
        return 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer):
            more = next(self._parts, None)
            if more is None:
                break
            self._rest += more
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _made(self) -> Iterator[bytes]:
        head = {"images": IMAGES, "categories": CATEGORIES}
        yield json.dumps(head).encode()[:-1] + b', "annotations": ['
        one = json.dumps(
            {"image_id": 1, "category_id": 7, "bbox": [0, 0, 1, 1], "note": "n" * 2000}
        )
        for n in range(self._annotations):
            yield (b"" if n == 0 else b",") + one.encode()
        yield b"]}"


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(annotations: int) -> int:
        file: IO[bytes] = io.BufferedReader(_Endless(annotations))
        tracemalloc.start()
        with formats.opened(file, "coco.json", {}) as reader:
            assert sum(1 for _ in reader.rows()) == annotations
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(8000) < peak(2000) + 2_000_000  # 16 MB against 4 MB


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(anything)
@settings(max_examples=100, deadline=None)
def test_any_entries_come_back_as_they_went_in(value: Any) -> None:
    for text in (json.dumps({"a": 1, "list": [value, value]}), json.dumps([value], indent=1)):
        found = list(Document(io.StringIO(text)).entries())
        whole = json.loads(text)
        expected = whole["list"] if isinstance(whole, dict) else whole
        assert json.dumps([entry for _, entry in found]) == json.dumps(expected)
