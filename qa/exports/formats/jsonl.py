"""Labels as JSON Lines: one object a line, null where there is nothing."""

from collections.abc import Mapping


def copy(rows: str, cells: Mapping[str, str], guard: bool) -> str:
    """Return the COPY statement that writes `rows` as JSON Lines.

    JSON text holds no raw control character, so with two of them as delimiter and quote the CSV form
    of COPY passes each line through as it is; its text form would double every backslash. Formulas
    need no guard: no spreadsheet runs JSON.
    """
    return (
        f"COPY (SELECT row_to_json(row) FROM ({rows}) AS row) TO STDOUT "
        "WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
    )
