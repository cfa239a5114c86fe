"""Lines, cells and rows: whatever a file holds, good rows come through and nothing breaks."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.imports import formats, lines
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.csv import CsvReader
from labelapp.imports.rows import Bad, Row

# What a spreadsheet may hold; newlines are normalised by reading, so they are tried apart.
cells = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\x85\u2028\u2029"),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip())


def read(data: bytes | str, name: str = "labels.csv") -> tuple[list[Row | Bad], dict[str, str]]:
    content = data.encode() if isinstance(data, str) else data
    with formats.opened(io.BytesIO(content), name, {}) as reader:
        return list(reader.rows()), reader.columns


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=20), st.sampled_from(",;\t"))
def test_csv_written_by_python_comes_back(pairs: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("image", "label"), *pairs])
    rows, _ = read(out.getvalue())
    assert [(row.picture, row.label_class) for row in rows if isinstance(row, Row)] == pairs


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=20))
def test_json_lines_written_by_python_come_back(pairs: list[tuple[str, str]]) -> None:
    text = "\n".join(json.dumps({"image": image, "label": label}) for image, label in pairs)
    rows, _ = read(text)
    assert [(row.picture, row.label_class) for row in rows if isinstance(row, Row)] == pairs


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"image,label,confidence\n", b'{"image": "a"}\n'):
        try:
            rows, _ = read(start + data)
        except ImportStopped:
            continue
        assert all(row.line >= 1 for row in rows)


@given(st.text("ab\n\r", max_size=40), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_lines_are_numbered_as_an_editor_does(text: str, encoding: str) -> None:
    data = ("x" + text).encode(encoding)
    with lines.opened(io.BytesIO(data), "labels.csv") as found:
        numbered = list(found)
    expected = ("x" + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = expected[:-1] if expected[-1] == "" else expected
    assert [line.text for line in numbered] == expected
    assert [line.number for line in numbered] == list(range(1, len(expected) + 1))


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("before", [0, 5, 70_000])
def test_wrong_bytes_are_named_by_their_line(newline: bytes, before: int) -> None:
    data = newline.join([b"image,label", *[b"a,b"] * before, b"caf\xe9,b"])
    with pytest.raises(ImportStopped, match=rf"Line {before + 2} is not UTF-8"):
        read(data)


def test_memory_is_not_taken_by_a_line_without_end() -> None:
    class Endless(io.RawIOBase):
        """A hundred megabytes on one line, made while they are read."""

        left = 100_000_000

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            self.left = 100_000_000
            return 0

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), self.left)
            buffer[:size] = b"x" * size
            self.left -= size
            return size

    with lines.opened(io.BufferedReader(Endless()), "labels.csv") as found:
        assert list(found) == [lines.Line(1, None)]


def test_a_quote_that_never_closes_costs_its_own_line_only() -> None:
    body = [f"{n}.jpg,crab" for n in range(5_000)]
    body[10] = '10.jpg,"crab'
    rows, _ = read("\n".join(["image,label", *body]))
    bad = [row for row in rows if isinstance(row, Bad)]
    assert [(row.line, row.code) for row in bad] == [(12, "unclosed_quote")]
    assert len(rows) == 5_000


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("Image Path,LABEL,Conf", {"picture": "Image Path", "class": "LABEL"}),
        ("s3_image_url;class_name;probability", {"picture": "s3_image_url"}),
        ("path,filename,category", {"picture": "path", "class": "category"}),
        ("filename,image,label", {"picture": "image"}),
    ],
)
def test_columns_are_recognised_by_name(header: str, taken: dict[str, str]) -> None:
    _, columns = read(header + "\n")
    by_role = {role: name for name, role in columns.items()}
    assert taken.items() <= by_role.items()


def test_sagemaker_manifests_are_read() -> None:
    manifest: list[dict[str, Any]] = [
        {
            "source-ref": "s3://b/1.jpg",
            "kind": 0,
            "kind-metadata": {"class-name": "dog", "confidence": 0.91, "human-annotated": "yes"},
        },
        {
            "source-ref": "s3://b/2.jpg",
            "tags": [0, 1],
            "tags-metadata": {
                "class-map": {"0": "dog", "1": "cat"},
                "confidence-map": {"0": 0.5, "1": 0.25},
            },
        },
        {
            "source-ref": "s3://b/3.jpg",
            "boxes": {
                "annotations": [{"class_id": 1, "left": 1, "top": 2, "width": 3, "height": 4}],
                "image_size": [{"width": 10, "height": 10, "depth": 3}],
            },
            "boxes-metadata": {"class-map": {"1": "cat"}, "objects": [{"confidence": 0.75}]},
        },
    ]
    rows, _ = read("\n".join(map(json.dumps, manifest)), "output.manifest")
    found = [
        (row.picture, row.label_class, row.confidence, row.region)
        for row in rows
        if isinstance(row, Row)
    ]
    assert found == [
        ("s3://b/1.jpg", "dog", "0.91", None),
        ("s3://b/2.jpg", "dog", "0.5", None),
        ("s3://b/2.jpg", "cat", "0.25", None),
        ("s3://b/3.jpg", "cat", "0.75", {"box": [1, 2, 3, 4]}),
    ]


def test_rows_are_read_as_a_stream() -> None:
    def endless() -> Iterator[lines.Line]:
        yield lines.Line(1, "image,label")
        number = 2
        while True:
            yield lines.Line(number, "a.jpg,crab")
            number += 1

    rows = CsvReader(endless(), {}).rows()
    assert [next(rows).line for _ in range(3)] == [2, 3, 4]
