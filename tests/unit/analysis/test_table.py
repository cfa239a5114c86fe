"""The table of classes x buckets: the published figures, and what holds for any input."""

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.table import OUTCOMES, BadEdgesError, Cell, Counts, Edges, Table, build_table
from tests.unit.analysis import published

GRID = st.integers(0, 1000)


def published_cells(
    table: dict[str, Any], splits: dict[str, int] | None = None
) -> Iterator[Cell[str]]:
    """Count the printed items; a class's splits are taken from its first incorrect ones."""
    for name, (totals, incorrect, *_) in table.items():
        left = (splits or {}).get(name, 0)
        for place, (total, wrong) in enumerate(zip(totals, incorrect, strict=True), start=1):
            split = min(left, wrong)
            left -= split
            yield Cell(name, place, "confirmed", total - wrong)
            yield Cell(name, place, "disconfirmed", wrong - split)
            yield Cell(name, place, "split", split)


def shellfish() -> Table[str]:
    """Return the smaller published table, with the splits of its printed rows."""
    splits = {name: row[3] for name, (*_, row) in published.SHELLFISH.items()}
    cells = published_cells(published.SHELLFISH, splits)
    return build_table(Edges.parse(published.EDGES), list(published.SHELLFISH), cells)


def sample() -> Table[str]:
    """Return the larger published table as its buckets say it."""
    cells = published_cells(published.SAMPLE)
    return build_table(Edges.parse(published.EDGES), list(published.SAMPLE), cells)


def as_printed(counts: Iterable[Counts]) -> tuple[float, ...]:
    """Return the percentages, an empty cell as the 0.00 that was printed."""
    return tuple(each.percent_correct or 0.0 for each in counts)


def test_it_reproduces_every_printed_cell_of_the_shellfish_table() -> None:
    for row in shellfish().rows:
        totals, incorrect, percents, whole = published.SHELLFISH[row.key]
        assert tuple(each.total for each in row.buckets) == totals
        assert tuple(each.incorrect for each in row.buckets) == incorrect
        assert as_printed(row.buckets) == percents
        counts = row.counts
        assert whole == (
            counts.total,
            counts.confirmed,
            counts.disconfirmed,
            counts.split,
            counts.percent_correct,
        )


def test_it_reproduces_the_printed_totals_of_the_shellfish_table() -> None:
    table = shellfish()
    totals, incorrect, percents = published.SHELLFISH_TOTALS
    assert tuple(each.total for each in table.buckets) == totals
    assert tuple(each.incorrect for each in table.buckets) == incorrect
    assert as_printed(table.buckets) == percents
    whole = sum(table.buckets, Counts())
    assert (
        whole.total,
        whole.confirmed,
        whole.disconfirmed,
        whole.split,
        whole.percent_correct,
    ) == published.SHELLFISH_ALL


def test_it_reproduces_every_bucket_of_the_larger_table() -> None:
    table = sample()
    for row in table.rows:
        totals, incorrect, percents = published.SAMPLE[row.key]
        assert tuple(each.total for each in row.buckets) == totals
        assert tuple(each.incorrect for each in row.buckets) == incorrect
        assert as_printed(row.buckets) == percents
    totals, incorrect, percents = published.SAMPLE_TOTALS
    assert tuple(each.total for each in table.buckets) == totals
    assert tuple(each.incorrect for each in table.buckets) == incorrect
    assert as_printed(table.buckets) == percents


def test_it_takes_the_larger_table_s_rows_from_its_buckets() -> None:
    table = sample()
    percents = {row.key: row.counts.percent_correct for row in table.rows}
    assert percents["Crawdad"] == 50.00
    assert percents["Dog"] == 97.06
    whole = sum(table.buckets, Counts())
    assert (whole.confirmed, whole.percent_correct) == (447, 87.65)


@pytest.mark.parametrize(
    ("table", "printed", "without_empty"),
    [
        (shellfish(), published.SHELLFISH_AVERAGE, published.SHELLFISH_AVERAGE_WITHOUT_EMPTY),
        (sample(), published.SAMPLE_AVERAGE, published.SAMPLE_AVERAGE_WITHOUT_EMPTY),
    ],
)
def test_it_averages_over_classes_as_printed_and_without_empty_buckets(
    table: Table[str], printed: object, without_empty: object
) -> None:
    as_published = table.average(published=True)
    assert (as_published.overall, as_published.buckets) == printed
    honest = table.average()
    assert (honest.overall, honest.buckets) == without_empty


def test_it_says_nothing_where_there_is_no_evidence() -> None:
    nothing = Counts(unsure=3, pending=4)
    assert nothing.total == 7
    assert nothing.percent_correct is None
    assert nothing.interval is None
    table: Table[str] = build_table(Edges.parse("0,1"), [], [])
    assert table.buckets == (Counts(),)
    assert table.average().overall is None
    assert table.average(published=True).buckets == (None,)


def test_it_keeps_unsure_and_pending_out_of_the_percentage_but_in_the_total() -> None:
    counts = Counts(confirmed=1, disconfirmed=1, unsure=5, pending=9)
    assert (counts.total, counts.decided, counts.percent_correct) == (16, 2, 50.0)


@pytest.mark.parametrize(
    ("confirmed", "decided", "percent"),
    [(1, 8, 12.5), (1, 3, 33.33), (2, 3, 66.67), (1, 800, 0.13), (1, 20_000, 0.01), (0, 7, 0.0)],
)
def test_it_rounds_half_up_from_the_integers(confirmed: int, decided: int, percent: float) -> None:
    counts = Counts(confirmed=confirmed, split=decided - confirmed)
    assert counts.percent_correct == percent


def test_it_closes_only_an_edge_of_exactly_one() -> None:
    closed = build_table(Edges.parse("0.9,1"), ["a"], [Cell("a", 2, "confirmed", 3)])
    assert closed.rows[0].counts.total == 3
    half_open = build_table(Edges.parse("0.8,0.9"), ["a"], [Cell("a", 2, "confirmed", 3)])
    assert half_open.rows[0].counts.total == 0
    assert half_open.rows[0].above == half_open.outside == 3


def test_it_counts_what_lies_outside_instead_of_dropping_it() -> None:
    cells = [
        Cell("a", None, "confirmed", 2),
        Cell("a", 0, "pending", 3),
        Cell("a", 2, "split", 5),
        Cell("a", 1, "split", 7),
    ]
    (row,) = build_table(Edges.parse("0.5,0.9"), ["a"], cells).rows
    assert (row.without_confidence, row.below, row.above, row.outside) == (2, 3, 5, 10)
    assert row.counts.total == 7


def test_it_refuses_a_cell_of_a_class_it_was_not_asked_for() -> None:
    with pytest.raises(KeyError):
        build_table(Edges.parse("0,1"), ["a"], [Cell("b", 1, "confirmed", 1)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.8",
        "0.8,",
        "0.9,0.8",
        "0.8,0.8",
        "0.8,0.800",
        "0.8,0.80000000000000000001",
        "-0.1,1",
        "0,1.001",
        "nan,1",
        "0,inf",
        "80,100",
        "a,b",
        "0.8;1",
        ",".join(f"{i / 1000}" for i in range(102)),
        "0." + "1" * 30 + ",1",
    ],
)
def test_it_refuses_edges_that_are_no_scale(text: str) -> None:
    with pytest.raises(BadEdgesError):
        Edges.parse(text)


def test_it_names_the_edge_it_could_not_read() -> None:
    with pytest.raises(BadEdgesError, match=r"'0,9x' is not|'9x' is not"):
        Edges.parse("0,9x")


def places(edges: Edges, confidences: Iterable[str], *, from_bins: bool) -> Iterator[int]:
    """Place confidences as the database does: by their bin of 1/1000, or by themselves."""
    for text in confidences:
        if from_bins:
            assert edges.thousandths is not None
            yield bisect.bisect_right(edges.thousandths, int(Decimal(text) * 1000))
        else:
            yield bisect.bisect_right(edges.values, float(Decimal(text)))


def edge_text(thousandths: Iterable[int]) -> str:
    """Write edges given in thousandths as the text that the API takes."""
    return ",".join(str(Decimal(each) / 1000) for each in sorted(thousandths))


EDGE_SETS = st.sets(GRID, min_size=2, max_size=12).map(edge_text)
CONFIDENCES = st.decimals(0, 1, places=8, allow_nan=False).map(str) | GRID.map(
    lambda thousandth: str(Decimal(thousandth) / 1000)
)
ITEMS = st.lists(st.tuples(st.sampled_from("ab"), CONFIDENCES, st.sampled_from(OUTCOMES)))


def from_items(edges: Edges, items: list[tuple[str, str, str]], *, bins: bool) -> Table[str]:
    """Return the table of single items, placed by bins or by their confidences."""
    placed = places(edges, (confidence for _, confidence, _ in items), from_bins=bins)
    cells = (
        Cell(name, place, outcome, 1)
        for (name, _, outcome), place in zip(items, placed, strict=True)
    )
    return build_table(edges, ["a", "b"], cells)


@given(EDGE_SETS, ITEMS)
def test_bins_of_a_thousandth_give_the_same_table_as_the_items_themselves(
    text: str, items: list[tuple[str, str, str]]
) -> None:
    edges = Edges.parse(text)
    assert from_items(edges, items, bins=True) == from_items(edges, items, bins=False)


@given(EDGE_SETS, ITEMS)
def test_no_item_is_lost_and_none_is_counted_twice(
    text: str, items: list[tuple[str, str, str]]
) -> None:
    table = from_items(Edges.parse(text), items, bins=False)
    assert sum(row.counts.total + row.outside for row in table.rows) == len(items)
    assert sum(table.buckets, Counts()) == sum((row.counts for row in table.rows), Counts())
    by_class = Counter(name for name, _, _ in items)
    for row in table.rows:
        assert row.counts.total + row.outside == by_class[row.key]


@given(EDGE_SETS, ITEMS)
def test_each_bucket_holds_exactly_what_lies_between_its_edges(
    text: str, items: list[tuple[str, str, str]]
) -> None:
    edges = Edges.parse(text)
    table = from_items(edges, items, bins=False)
    for index, (low, high) in enumerate(edges.buckets):
        within = [
            outcome
            for name, confidence, outcome in items
            if name == "a" and (low <= float(confidence) < high or float(confidence) == high == 1.0)
        ]
        assert table.rows[0].buckets[index].total == len(within)
        assert table.rows[0].buckets[index].split == within.count("split")


@given(EDGE_SETS, ITEMS)
def test_merging_two_buckets_adds_their_counts(
    text: str, items: list[tuple[str, str, str]]
) -> None:
    fine, coarse = Edges.parse(text), Edges.parse(edge_text(_ends(text)))
    sums = [row.counts for row in from_items(fine, items, bins=False).rows]
    assert sums == [row.counts for row in from_items(coarse, items, bins=False).rows]


def _ends(text: str) -> tuple[int, int]:
    """Return the outermost edges in thousandths."""
    edges = Edges.parse(text).thousandths or ()
    return edges[0], edges[-1]


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_one_more_confirmed_never_lowers_the_percentage(confirmed: int, split: int) -> None:
    less = Counts(confirmed=confirmed, split=split).percent_correct
    more = Counts(confirmed=confirmed + 1, split=split).percent_correct
    assert less is not None
    assert more is not None
    assert less <= more
    assert 0 <= less <= 100
