"""Labels that a check found wrong, and what they should be."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from labelapp.catalog.models import Image, Label, LabelClass
from qa.correction.values import Value
from qa.jobs.models import Assignment, Batch, Job

VALUES = [(value.value, value.value) for value in Value]


class Item(models.Model):
    """A label frozen into a job that corrects it, under the class it had.

    The id is random, so that it does not betray the rank. `surely` says that the reviewers agreed that
    it is wrong; else they differed, and it may be right after all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="labels_to_correct")
    label = models.ForeignKey(Label, models.PROTECT, related_name="corrections")
    image = models.ForeignKey(Image, models.PROTECT, related_name="+")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, db_index=False, related_name="+")
    surely = models.BooleanField()
    rank = models.IntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "label"], name="corrected_once_in_job"),
            models.UniqueConstraint(
                fields=["job", "label_class", "rank"], name="correction_rank_once"
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.id}"


class Answer(models.Model):
    """What a person said that a label should be; one for each item counts, the others were replaced.

    `label` is what became of it: the person's own label of the right class, unless the picture was
    erased meanwhile. `wrong_class` is the item's, kept here to find what it is confused with.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, db_index=False, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    value = models.CharField(max_length=16, choices=VALUES)
    wrong_class = models.ForeignKey(LabelClass, models.PROTECT, db_index=False, related_name="+")
    right_class = models.ForeignKey(LabelClass, models.PROTECT, null=True, related_name="+")
    label = models.ForeignKey(Label, models.PROTECT, null=True, related_name="said_by")
    note = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(replaced_at=None), name="answer_once"
            ),
            models.CheckConstraint(
                condition=Q(value=Value.CLASS.value, right_class__isnull=False)
                | (~Q(value=Value.CLASS.value) & Q(right_class=None, label=None)),
                name="answer_names_a_class",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(label=None), name="answer_replaced_has_no_label"
            ),
        ]
        indexes = [
            models.Index(fields=["item"], name="answer_by_item"),
            models.Index(
                fields=["wrong_class", "-id"],
                condition=Q(replaced_at=None, right_class__isnull=False),
                name="answer_by_wrong_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} by {self.person_id}"
