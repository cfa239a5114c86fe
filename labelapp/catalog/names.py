"""Names of classes: when two are the same, and when one may be a slip of the other."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_NAME = 300
_SHORTEST_WORD = 5


def fits(name: str) -> bool:
    """Whether this can be the name of a class: also as it is compared, which may be longer.

    >>> fits("Stop sign"), fits(" "), fits("\\ufdfa" * 300)
    (True, False, False)
    """
    return bool(name.strip()) and max(len(name), len(class_key(name))) <= LONGEST_NAME


def class_key(name: str) -> str:
    """What decides whether two names are one class: NFKC, case folded, spaces collapsed.

    >>> class_key("  Stop  SIGN ")
    'stop sign'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours turns one into the other.

    >>> one_edit_apart("lobster", "lobsters"), one_edit_apart("crab", "carb")
    (True, True)
    >>> one_edit_apart("crab", "crab"), one_edit_apart("crab", "crawl")
    (False, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _words(key: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", key) if word]


def may_be_a_slip(one: str, other: str) -> bool:
    """Whether two class keys look like one class written twice.

    They do when only hyphens and spaces tell them apart, or when one word of five letters or more
    differs by one edit. Names told apart by digits or by a short word are meant to differ.

    >>> may_be_a_slip("vine-tomato", "vine tomato"), may_be_a_slip("lobster", "lobstr")
    (True, True)
    >>> may_be_a_slip("class a", "class b"), may_be_a_slip("digit 10", "digit 11")
    (False, False)
    """
    mine, theirs = _words(one), _words(other)
    if "".join(mine) == "".join(theirs):
        return one != other and not any(map(str.isdigit, one))
    if len(mine) != len(theirs):
        return False
    differing = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    return (
        len(differing) == 1
        and all(map(_is_long_word, differing[0]))
        and one_edit_apart(*differing[0])
    )


def _is_long_word(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.isalpha()


def _traces(key: str) -> set[str]:
    """Texts of which two keys share at least one when they may be slips of each other."""
    words = _words(key)
    found = {"".join(words)}
    for place, word in enumerate(words):
        if _is_long_word(word):
            shorter = {word[:cut] + word[cut + 1 :] for cut in range(len(word))}
            for text in {word, *shorter}:
                found.add("\0".join([*words[:place], f"*{text}", *words[place + 1 :]]))
    return found


def slips(keys: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """For each of `keys` that may be a slip, the earlier key or the known one it resembles.

    Reads each name once, not each pair, so that 10,000 classes take a second.

    >>> slips(["crawdad", "crawdads", "shrimp"], ["shrmp"])
    {'crawdads': 'crawdad', 'shrimp': 'shrmp'}
    """
    seen: dict[str, list[str]] = {}
    for key in known:
        for trace in _traces(key):
            seen.setdefault(trace, []).append(key)
    found: dict[str, str] = {}
    for key in keys:
        traces = _traces(key)
        near = (
            other
            for trace in sorted(traces)
            for other in seen.get(trace, ())
            if may_be_a_slip(key, other)
        )
        if (like := next(near, None)) is not None:
            found[key] = like
        for trace in traces:
            seen.setdefault(trace, []).append(key)
    return found
