"""Items under review, the verdicts on them, and the counts, which always equal the verdicts."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from labelapp.background import BackgroundWork
from labelapp.catalog.models import Image, Label, LabelClass
from qa.jobs.models import Assignment, Batch, Job
from qa.verification.outcome import Outcome
from qa.verification.values import Value

OUTCOMES = [(outcome.value, outcome.value) for outcome in Outcome]
VALUES = [(value.value, value.value) for value in Value]


class Item(models.Model):
    """A label frozen into a job: its class and confidence as they were, its rank, its counts.

    The id is random, so that it does not betray the rank. The counts, `outcome` and the job's tallies
    equal the verdicts behind them at every commit; only `qa.verification.services` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="frozen_items")
    label = models.ForeignKey(Label, models.PROTECT, related_name="items")
    image = models.ForeignKey(Image, models.PROTECT, related_name="items")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, db_index=False, related_name="+")
    confidence = models.FloatField(null=True)
    bin = models.SmallIntegerField(null=True)
    rank = models.IntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="batch_items")
    wanted = models.SmallIntegerField()
    confirm_count = models.SmallIntegerField(default=0)
    disconfirm_count = models.SmallIntegerField(default=0)
    unsure_count = models.SmallIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=OUTCOMES, default=Outcome.PENDING.value)
    # When its latest verdict came: moved with the counts, so that an export reads no verdicts.
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "label"], name="item_label_once"),
            models.UniqueConstraint(fields=["job", "label_class", "rank"], name="item_rank_once"),
            models.CheckConstraint(
                condition=Q(
                    confirm_count__gte=0,
                    disconfirm_count__gte=0,
                    unsure_count__gte=0,
                    wanted__gte=F("confirm_count") + F("disconfirm_count") + F("unsure_count"),
                ),
                name="item_counts_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.id}"


class Arranging(BackgroundWork):
    """The arranging of a started job's batches, as work with progress: `done` of `total` batches."""

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"arranging of {self.job_id}"


class Arrangement(models.Model):
    """The items of a batch in the order in which they are shown; batches without one go by item id.

    A table of its own, so that arranging a million items rewrites none of them.
    """

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="+")
    items = ArrayField(models.UUIDField())

    def __str__(self) -> str:
        return f"order of {self.batch_id}"


class Verdict(models.Model):
    """One person's judgement of one item; nobody judges an item twice in a job."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, db_index=False, related_name="verdicts")
    # No index of its own: nothing asks for all verdicts of a person, and each would cost a write.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="verdicts")
    value = models.CharField(max_length=12, choices=VALUES)
    note = models.TextField(default="", blank=True)
    looked = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="verdict_once")]
        # Notes are rare, and shown each second on the page of a job.
        indexes = [models.Index(fields=["item"], condition=~Q(note=""), name="verdict_noted")]

    def __str__(self) -> str:
        return f"{self.value} by {self.person_id}"


class VerdictHistory(models.Model):
    """A verdict that its reviewer replaced after reopening the batch."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="history")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    value = models.CharField(max_length=12, choices=VALUES)
    note = models.TextField(default="", blank=True)
    looked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.value} by {self.person_id} until {self.replaced_at:%F %T}"


class Look(models.Model):
    """A reviewer looked at an item's confidence before judging it."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, db_index=False, related_name="looks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.item_id}"


class Tally(models.Model):
    """How many items of (job, class, bin) have an outcome. Rows for all five outcomes of a bin exist
    from the start of the job, so a submit only updates."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="tallies")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, db_index=False, related_name="+")
    bin = models.SmallIntegerField(null=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "label_class", "bin", "outcome"],
                nulls_distinct=False,
                name="tally_once",
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="tally_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.outcome} in bin {self.bin}"
