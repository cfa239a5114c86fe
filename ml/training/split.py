"""No Django here. Which pictures are learned from and which are held out, honestly: twins stay together.

The held-out part stays held out: it is decided by a hash of each picture's group, not by a draw over what
is there now, and what was decided before is kept.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
SHARE = 0.2
LEAST_PER_CLASS = 2  # pictures to learn a class from
BEFORE_ANY_IS_HELD_OUT = 5  # pictures of a class to learn from, before any new one is held out
WATCHED, FEWEST_WATCHED = 0.1, 20
_WATCH_SEED = 1  # another than that of what is held out
_STEPS = 1 << 64


class Part(StrEnum):
    TRAIN = "train"
    HELD_OUT = "held_out"


def split(
    groups: Mapping[Key, str],
    *,
    share: float = SHARE,
    seed: int = 0,
    before: Mapping[Key, Part] | None = None,
    classes: Mapping[Key, str] | None = None,
) -> dict[Key, Part]:
    """The part of each picture.

    A group of which something was learned from before is learned from again; else one of which
    something was held out stays so. Where both happened, since twins were found later, the group is
    learned from: a picture of it that was held out tells nothing any more.

    Args:
        groups: for each picture the name of its group of near-duplicates, its content's hash when it
            has no twin.
        share: of the groups that are new, so many are held out, nearly.
        seed: another seed, another split.
        before: the parts of earlier splits, for pictures that are still here or not.
        classes: of each picture that is learned from now or held out; others are here for their twins'
            sake. Of a class with few pictures to learn from, none that is new is held
            out; those that are held out come with later pictures.

    >>> split({"a.jpg": "x", "b.jpg": "x"})
    {'a.jpg': <Part.TRAIN: 'train'>, 'b.jpg': <Part.TRAIN: 'train'>}
    """
    if not 0 < share < 1:
        raise ValueError(f"a share of {share} cannot be held out; use one between 0 and 1")
    known: dict[str, set[Part]] = {}
    for key, part in (before or {}).items():
        if key in groups:
            known.setdefault(groups[key], set()).add(part)
    parts = {
        key: _part(group, known.get(group, set()), share, seed) for key, group in groups.items()
    }
    if classes is not None:
        _learn_from_the_rare(parts, groups, classes, {*groups.values()} - known.keys(), seed)
    return parts


def watched(groups: Sequence[str], classes: Sequence[str]) -> list[bool]:
    """Of pictures to learn from, which are only looked at to see when to stop: a tenth, twins together and
    none of rare classes; none at all where they would be too few to tell anything."""
    parts = split(
        dict(enumerate(groups)),
        share=WATCHED,
        seed=_WATCH_SEED,
        classes=dict(enumerate(classes)),
    )
    found = [part is Part.HELD_OUT for part in parts.values()]
    return found if sum(found) >= FEWEST_WATCHED else [False] * len(found)


def _learn_from_the_rare(
    parts: dict[Key, Part],
    groups: Mapping[Key, str],
    classes: Mapping[Key, str],
    new: set[str],
    seed: int,
) -> None:
    """Take groups of rare classes back from what is held out, those first that came last into it."""
    counts = Counter(one for key, one in classes.items() if parts[key] is Part.TRAIN)
    members: dict[str, list[Key]] = {}
    for key, part in parts.items():
        if part is Part.HELD_OUT and groups[key] in new:
            members.setdefault(groups[key], []).append(key)
    for group in sorted(members, key=lambda one: _place(one, seed), reverse=True):
        if any(counts[classes[key]] < BEFORE_ANY_IS_HELD_OUT for key in members[group]):
            parts.update(dict.fromkeys(members[group], Part.TRAIN))
            counts.update(classes[key] for key in members[group])


def _part(group: str, known: set[Part], share: float, seed: int) -> Part:
    if Part.TRAIN in known:
        return Part.TRAIN
    if Part.HELD_OUT in known:
        return Part.HELD_OUT
    return Part.HELD_OUT if _place(group, seed) < share * _STEPS else Part.TRAIN


def _place(group: str, seed: int) -> int:
    return int.from_bytes(sha256(f"{seed}|{group}".encode()).digest()[:8], "big")
