"""Which file a path means."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from labelapp.imports.finding import Missing, Names, normal

parts = st.text("abcÄé1", min_size=1, max_size=4)
paths = st.lists(parts, min_size=1, max_size=4).map("/".join)


@given(st.sets(paths, max_size=12), paths)
def test_a_name_is_found_as_the_rule_says(names: set[str], path: str) -> None:
    found = Names(names).find(path)
    ending = [name for name in names if name.endswith(f"/{path}")]
    if path in names:
        assert found == path
    elif len(ending) == 1:
        assert found == ending[0]
    elif ending:
        assert isinstance(found, Missing)
        assert found.code == "matches_many"
    else:
        assert not isinstance(found, str)


@given(paths)
def test_spelling_of_the_same_name_does_not_matter(path: str) -> None:
    for other in (
        unicodedata.normalize("NFD", path),
        path.replace("/", "\\"),
        f"./{path}",
    ):
        assert Names([path]).find(other) == path
        assert normal(other) == normal(path)


@given(paths)
def test_another_case_is_named_and_not_taken(path: str) -> None:
    swapped = path.swapcase()
    found = Names([f"deep/{path}"]).find(swapped)
    if normal(swapped) != normal(path):
        assert isinstance(found, Missing)
        assert f"deep/{path}" in found.reason
