"""The counts of items and the tallies of a job, moved together with the verdicts (invariant 1).

Written by hand, a statement for a whole batch: this runs at every submit. Items are locked in the order
of their ids, then tallies in the order of theirs.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from labelapp.statements import Statement
from qa.verification.outcome import Rule, outcome
from qa.verification.values import Value


class TallyKey(NamedTuple):
    bin: int | None
    outcome: str


@dataclass(slots=True)
class Counted:
    """What a submit needs of an item: its counts by verdict, how many it wants, where it is tallied."""

    id: UUID
    bin: int | None
    wanted: int
    confirm: int
    disconfirm: int
    unsure: int
    outcome: str

    def move(self, rule: Rule, *, add: Value, take: Value | None) -> None:
        """Count one verdict, in place of an earlier one of the same person where there is one."""
        if take is not None:
            setattr(self, take.value, getattr(self, take.value) - 1)
        setattr(self, add.value, getattr(self, add.value) + 1)
        self.outcome = outcome(self.confirm, self.disconfirm, self.unsure, self.wanted, rule).value


_LOCK = Statement("""
SELECT id, bin, wanted, confirm_count, disconfirm_count, unsure_count, outcome
FROM verification_item WHERE batch_id = %(batch)s ORDER BY id FOR NO KEY UPDATE
""")
_COUNTS = Statement("""
UPDATE verification_item SET confirm_count = moved.c, disconfirm_count = moved.d,
       unsure_count = moved.u, outcome = moved.outcome, reviewed_at = %(now)s
FROM unnest(%(ids)s::uuid[], %(confirm)s::smallint[], %(disconfirm)s::smallint[],
            %(unsure)s::smallint[], %(outcomes)s::text[])
     AS moved(id, c, d, u, outcome)
WHERE verification_item.id = moved.id
""")
_TALLIES = """
WITH held AS (
    SELECT tally.id, moved.change
    FROM unnest(%(bins)s::smallint[], %(outcomes)s::text[], %(changes)s::bigint[])
         AS moved(bin, outcome, change)
    JOIN verification_tally tally
      ON tally.job_id = %(job)s AND tally.label_class_id = %(label_class)s
     AND tally.outcome = moved.outcome AND {same_bin}
    ORDER BY tally.id FOR NO KEY UPDATE OF tally
)
UPDATE verification_tally SET count = count + held.change
FROM held WHERE verification_tally.id = held.id
"""
# NULL is "no confidence"; the general form of this comparison would not use the index.
_NUMBERED = Statement(_TALLIES.format(same_bin="tally.bin = moved.bin"))
_UNNUMBERED = Statement(_TALLIES.format(same_bin="tally.bin IS NULL"))


def locked_items(batch_id: UUID) -> list[Counted]:
    """The items of a batch, locked, by id."""
    return [Counted(*row) for row in _LOCK.rows(batch=batch_id)]


def move_counts(
    items: list[Counted],
    verdicts: dict[UUID, Value],
    former: dict[UUID, Value],
    rule: Rule,
    now: datetime,
) -> Counter[TallyKey]:
    """Write the new counts and outcomes; how the tallies must move."""
    moves: Counter[TallyKey] = Counter()
    for item in items:
        moves[TallyKey(item.bin, item.outcome)] -= 1
        item.move(rule, add=verdicts[item.id], take=former.get(item.id))
        moves[TallyKey(item.bin, item.outcome)] += 1
    _COUNTS.run(
        now=now,
        ids=[item.id for item in items],
        confirm=[item.confirm for item in items],
        disconfirm=[item.disconfirm for item in items],
        unsure=[item.unsure for item in items],
        outcomes=[item.outcome for item in items],
    )
    return Counter({key: change for key, change in moves.items() if change})


def move_tallies(job_id: UUID, label_class: UUID, moves: Counter[TallyKey]) -> None:
    """Move the tallies of one class. Last of all in a submit: others wait for these rows."""
    for statement, unnumbered in ((_NUMBERED, False), (_UNNUMBERED, True)):
        keys = [key for key in moves if (key.bin is None) is unnumbered]
        if not keys:
            continue
        statement.run(
            job=job_id,
            label_class=label_class,
            bins=[key.bin for key in keys],
            outcomes=[key.outcome for key in keys],
            changes=[moves[key] for key in keys],
        )
