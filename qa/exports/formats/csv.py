"""Labels as CSV with a header: UTF-8, comma, `"` where needed, a line feed after each row."""

from collections.abc import Mapping

from qa.exports.columns import TEXT_COLUMNS

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV injection").
# A leading apostrophe makes it text.
_FORMULA_STARTS = "=+-@\\t\\r\\n＝＋－＠"


def copy(rows: str, cells: Mapping[str, str], guard: bool) -> str:
    """Return the COPY statement that writes `rows` as CSV.

    cells: the columns in their order, each with what it holds of a row.
    """
    columns = ", ".join(
        _guarded(name) if guard and name in TEXT_COLUMNS else f"{cell} AS {name}"
        for name, cell in cells.items()
    )
    return f"COPY (SELECT {columns} FROM ({rows}) AS row) TO STDOUT WITH (FORMAT csv, HEADER)"


def _guarded(name: str) -> str:
    starts = f"{name} <> '' AND strpos(E'{_FORMULA_STARTS}', left({name}, 1)) > 0"
    return f"CASE WHEN {starts} THEN '''' || {name} ELSE {name} END AS {name}"
