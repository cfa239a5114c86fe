"""The proof, at any time, that every count equals the verdicts behind it (invariants 1 and 3)."""

from typing import NamedTuple

from django.db import connection

from qa.verification.outcome import Rule, outcome


class Difference(NamedTuple):
    """A count that is not what the rows behind it say."""

    what: str
    where: str
    kept: str
    counted: str

    def __str__(self) -> str:
        return f"{self.what} {self.where}: kept {self.kept}, counted {self.counted}"


_ITEMS = """
SELECT 'item counts', item.id::text,
       concat_ws(' ', item.confirm_count, item.disconfirm_count, item.unsure_count),
       concat_ws(' ', counted.c, counted.d, counted.u)
FROM verification_item item
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE value = 'confirm') AS c,
           count(*) FILTER (WHERE value = 'disconfirm') AS d,
           count(*) FILTER (WHERE value = 'unsure') AS u
    FROM verification_verdict WHERE item_id = item.id
) counted
WHERE (item.confirm_count, item.disconfirm_count, item.unsure_count)
      IS DISTINCT FROM (counted.c::smallint, counted.d::smallint, counted.u::smallint)
ORDER BY item.id
"""

_TALLIES = """
SELECT 'tally', concat_ws(' ', job_id, label_class_id, 'bin', COALESCE(bin::text, 'none'), outcome),
       COALESCE(sum(kept), 0)::text, COALESCE(sum(counted), 0)::text
FROM (
    SELECT job_id, label_class_id, bin, outcome, count AS kept, 0 AS counted FROM verification_tally
    UNION ALL
    SELECT job_id, label_class_id, bin, outcome, 0, count(*) FROM verification_item
    GROUP BY job_id, label_class_id, bin, outcome
) both_sides
GROUP BY job_id, label_class_id, bin, outcome
HAVING sum(kept) <> sum(counted)
ORDER BY 2
"""

_PLACES = """
SELECT 'places of batch', batch.id::text, batch.places::text, (batch.wanted - live.n)::text
FROM jobs_batch batch
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM jobs_assignment
    WHERE batch_id = batch.id AND state IN ('dealt', 'submitted')
) live
WHERE batch.places <> batch.wanted - live.n
ORDER BY batch.id
"""

_SHARES = """
SELECT 'share', concat_ws(' ', 'of', share.person_id, 'in', share.job_id),
       concat_ws(' ', share.batches_submitted, share.items_judged),
       concat_ws(' ', sent.batches, sent.items)
FROM jobs_share share
CROSS JOIN LATERAL (
    SELECT count(*) AS batches, COALESCE(sum(batch.items), 0) AS items
    FROM jobs_assignment assignment JOIN jobs_batch batch ON batch.id = assignment.batch_id
    WHERE assignment.job_id = share.job_id AND assignment.person_id = share.person_id
      AND assignment.state = 'submitted'
) sent
WHERE (share.batches_submitted, share.items_judged) IS DISTINCT FROM (sent.batches, sent.items)
ORDER BY 2
"""

# Items of submitted assignments without a verdict of that person, and verdicts without a submit.
_ANSWERS = """
SELECT 'verdict', concat_ws(' ', 'of', person_id, 'on item', item_id), 'submitted'::text, 'none'
FROM (
    SELECT assignment.person_id, item.id AS item_id FROM jobs_assignment assignment
    JOIN verification_item item ON item.batch_id = assignment.batch_id
    WHERE assignment.state = 'submitted'
    EXCEPT SELECT person_id, item_id FROM verification_verdict
) lost
UNION ALL
SELECT 'verdict', concat_ws(' ', 'of', person_id, 'on item', item_id), 'none', 'a verdict'
FROM (
    SELECT person_id, item_id FROM verification_verdict
    EXCEPT
    SELECT assignment.person_id, item.id FROM jobs_assignment assignment
    JOIN verification_item item ON item.batch_id = assignment.batch_id
    WHERE assignment.state = 'submitted'
) foreign_ones
ORDER BY 2
"""

_OUTCOMES = """
SELECT job.rule, item.confirm_count, item.disconfirm_count, item.unsure_count, item.wanted,
       item.outcome, count(*), min(item.id::text)
FROM verification_item item JOIN jobs_job job ON job.id = item.job_id
GROUP BY 1, 2, 3, 4, 5, 6
"""


def differences() -> list[Difference]:
    """Everything that is out of step, in one snapshot; empty when all is well."""
    found: list[Difference] = []
    with connection.cursor() as cursor:
        for question in (_ITEMS, _TALLIES, _PLACES, _SHARES, _ANSWERS):
            cursor.execute(question)
            found += [Difference(*row) for row in cursor.fetchall()]
        cursor.execute(_OUTCOMES)
        rows = cursor.fetchall()
    for rule, confirm, disconfirm, unsure, wanted, kept, count, example in rows:
        counted = outcome(confirm, disconfirm, unsure, wanted, Rule(rule)).value
        if counted != kept:
            where = f"of {count} items such as {example}"
            found.append(Difference("outcome", where, kept, counted))
    return found
