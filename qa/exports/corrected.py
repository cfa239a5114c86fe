"""What a label was corrected to, as SQL in the terms of exports: a class that somebody gave is confirmed.

A row of a job that corrects classes says of its label what its check says of one: `confirmed` is the
person's own label of the right class; `disconfirmed` the wrong one where none of the classes is right;
`unsure` and `pending` the wrong one, still open.
"""

# `made`: the row is about a label that the correction made. Two wrong labels of a picture may have become
# one right label: that is one row.
ITEMS = """
SELECT DISTINCT ON (job_id, label_id) * FROM (
SELECT fixed.id, fixed.job_id, fixed.image_id,
       coalesce(answer.label_id, fixed.label_id) AS label_id,
       coalesce(named.merged_into_id, named.id, fixed.label_class_id) AS label_class_id,
       CASE WHEN answer.right_class_id IS NULL THEN wrong.confidence END AS confidence,
       CASE answer.value WHEN 'class' THEN 'confirmed' WHEN 'none_of_these' THEN 'disconfirmed'
           WHEN 'unsure' THEN 'unsure' ELSE 'pending' END AS outcome,
       (answer.value IS NOT DISTINCT FROM 'class')::int AS confirm_count,
       (answer.value IS NOT DISTINCT FROM 'none_of_these')::int AS disconfirm_count,
       (answer.value IS NOT DISTINCT FROM 'unsure')::int AS unsure_count,
       answer.created_at AS reviewed_at, answer.label_id IS NOT NULL AS made
FROM correction_item AS fixed
JOIN catalog_label AS wrong ON wrong.id = fixed.label_id
LEFT JOIN correction_answer AS answer ON answer.item_id = fixed.id AND answer.replaced_at IS NULL
LEFT JOIN catalog_labelclass AS named ON named.id = answer.right_class_id
) AS became ORDER BY job_id, label_id, reviewed_at DESC NULLS LAST, id
"""
AS_VERDICTS = """
SELECT answer.id, answer.person_id,
       CASE answer.value WHEN 'class' THEN 'confirm' WHEN 'none_of_these' THEN 'disconfirm'
           ELSE 'unsure' END, answer.note, false, answer.created_at
FROM correction_answer AS answer WHERE answer.replaced_at IS NULL
"""
# The latest correction of the row's label, in any job that is not in the bin.
NAME = """(
SELECT became.name FROM correction_item AS fixed
JOIN correction_answer AS answer ON answer.item_id = fixed.id AND answer.replaced_at IS NULL
JOIN jobs_job AS corrects ON corrects.id = fixed.job_id AND corrects.deleted_at IS NULL
JOIN catalog_labelclass AS named ON named.id = answer.right_class_id
JOIN catalog_labelclass AS became ON became.id = coalesce(named.merged_into_id, named.id)
WHERE fixed.label_id = label.id ORDER BY answer.id DESC LIMIT 1)"""


def verdicts_on(items: str) -> str:
    """The verdicts on the items of a query, `id, value` in order of id; after them the answers of
    corrections, the value a class's id where one was given."""
    return f"""
        SELECT said.id, said.value FROM (
            SELECT 1 AS part, verdict.id, verdict.value FROM verification_verdict AS verdict
            WHERE verdict.item_id IN ({items})
            UNION ALL
            SELECT 2, answer.id, coalesce(answer.right_class_id::text, answer.value)
            FROM correction_answer AS answer
            WHERE answer.replaced_at IS NULL AND answer.item_id IN ({items})
        ) AS said ORDER BY said.part, said.id"""
