"""Jobs, the batches they are cut into, and who holds which batch."""

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from labelapp.accounts.models import Team
from labelapp.background import BackgroundWork
from labelapp.catalog.models import Dataset, LabelClass


def new_seed() -> str:
    """The seed of a job's random order; recorded, so that the order can be rebuilt by anybody."""
    return secrets.token_hex(8)


class JobState(models.TextChoices):
    DRAFT = "draft"
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class Order(models.TextChoices):
    """How a job chooses what is dealt first within a class; only random ones may certify."""

    RANDOM = "random"
    CONFIDENCE = "confidence"  # the highest first
    UNCERTAINTY = "uncertainty"  # the smallest margin between the two likeliest classes first
    DISAGREEMENT = "disagreement"  # those first of which most other sources say something else
    DIVERSITY = "diversity"  # each unlike all before it
    SUSPICION = "suspicion"  # those first whose near neighbours are of another class


# They go by what a network saw in the pictures.
BY_FEATURES = frozenset({Order.DIVERSITY, Order.SUSPICION})


class StartAs(models.TextChoices):
    CONFIRM = "confirm"
    NONE = "none"


class JobQuerySet(models.QuerySet["Job"]):
    def live(self) -> "JobQuerySet":
        return self.filter(deleted_at=None)


class Job(models.Model):
    """Work for people on a frozen selection of labels. Everything but name, team, instructions and
    state is frozen at the start."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=20, default="verification")
    state = models.CharField(max_length=16, choices=JobState, default=JobState.DRAFT)

    # The selection; empty means all.
    source = models.CharField(max_length=300, blank=True, default="")
    label_classes = ArrayField(models.UUIDField(), default=list, blank=True)
    min_confidence = models.FloatField(null=True)
    max_confidence = models.FloatField(null=True)
    cap_per_class = models.IntegerField(null=True)
    with_mask = models.BooleanField(default=False)
    # Only what this other source did not say, or not on the same side of `crossed`.
    changed_since = models.CharField(max_length=300, blank=True, default="")
    crossed = models.FloatField(null=True)
    # Only what nobody has judged in another job, or named.
    unjudged = models.BooleanField(default=False)
    # The check whose labels are corrected here, and what had become of them.
    from_job = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="corrections", db_index=False
    )
    outcomes = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    # How it is worked.
    batch_size = models.SmallIntegerField(default=25)
    reviewers_per_item = models.SmallIntegerField(default=1)
    order = models.CharField(max_length=16, choices=Order, default=Order.RANDOM)
    start_as = models.CharField(max_length=16, choices=StartAs, default=StartAs.CONFIRM)
    allow_unsure = models.BooleanField(default=True)
    # Whoever corrects a class may name one that the dataset does not have.
    allow_new_class = models.BooleanField(default=False)
    rule = models.CharField(max_length=16, default="unanimous")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="jobs")
    instructions = models.TextField(blank=True, default="")
    # Reference pictures: [{"image": id, "right": bool, "label_class": id | null, "caption"}]
    examples = models.JSONField(default=list, blank=True)
    lease_minutes = models.IntegerField(default=30)
    seed = models.CharField(max_length=64, default=new_seed)
    plan = models.JSONField(default=dict)

    # Known once started.
    items = models.BigIntegerField(default=0)
    batches = models.IntegerField(default=0)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    state_changed_at = models.DateTimeField(null=True)
    state_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(batch_size__gte=1, batch_size__lte=100), name="job_batch_size"
            ),
            models.CheckConstraint(
                condition=Q(reviewers_per_item__gte=1, reviewers_per_item__lte=9),
                name="job_reviewers",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=["unanimous", "majority"]), name="job_rule"
            ),
            models.CheckConstraint(condition=Q(lease_minutes__gte=1), name="job_lease"),
        ]

    def __str__(self) -> str:
        return self.name


class JobStart(BackgroundWork):
    """The freezing of a job's items and batches, as work with progress."""

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, related_name="start")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"start of {self.job_id}"


class JobClass(models.Model):
    """A class of a started job: its name as it was then, its place in the order, its size."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="classes")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    position = models.IntegerField()
    items = models.BigIntegerField()
    batches = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "label_class"], name="job_class_once"),
            models.UniqueConstraint(fields=["job", "position"], name="job_class_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """How many labels of (class, bin) matched the selection at the start, before any cap: the N of
    every certificate."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="population")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, related_name="+")
    bin = models.SmallIntegerField(null=True)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "label_class", "bin"], nulls_distinct=False, name="population_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.label_class_id} in bin {self.bin}"


class Batch(models.Model):
    """Up to `batch_size` items of one class. `places` = reviewers wanted less live assignments.

    `number` counts through the job in dealing order (class by class, then rank). `returned` marks a
    batch that came back (expired, released, taken back); those are dealt first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="cut_batches")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, db_index=False, related_name="+")
    number = models.IntegerField()
    items = models.SmallIntegerField()
    wanted = models.SmallIntegerField()
    places = models.SmallIntegerField()
    returned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=Q(places__gte=0, places__lte=F("wanted")), name="batch_places_in_range"
            ),
        ]
        indexes = [
            models.Index(
                fields=["job", "label_class", "number"],
                condition=Q(places__gt=0),
                name="batch_with_places",
            ),
            models.Index(
                fields=["job", "number"],
                condition=Q(places__gt=0, returned=True),
                name="batch_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.number} of {self.job_id}"


class AssignmentState(models.TextChoices):
    DEALT = "dealt"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    RELEASED = "released"
    SKIPPED = "skipped"


LIVE = (AssignmentState.DEALT, AssignmentState.SUBMITTED)
# What is never dealt to the same person again.
HAD = (*LIVE, AssignmentState.SKIPPED)


class Assignment(models.Model):
    """A batch in the hands of a person, with a lease and the draft of their marks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="assignments")
    batch = models.ForeignKey(Batch, models.CASCADE, db_index=False, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="assignments"
    )
    state = models.CharField(max_length=16, choices=AssignmentState, default=AssignmentState.DEALT)
    dealt_at = models.DateTimeField()
    lease_expires_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    active_ms = models.BigIntegerField(default=0)
    # The marks so far: {item id: value}; `revision` counts up in the tab `client`.
    draft = models.JSONField(null=True)
    draft_revision = models.BigIntegerField(default=0)
    draft_client = models.CharField(max_length=64, default="", blank=True)
    draft_saved_at = models.DateTimeField(null=True)
    # A batch reopened by its reviewer: the verdicts still count until the new submit replaces them.
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "person"],
                condition=Q(state__in=HAD),
                name="assignment_had_once",
            )
        ]
        indexes = [
            models.Index(fields=["batch", "person"], name="assignment_by_batch"),
            models.Index(fields=["person", "job", "dealt_at"], name="assignment_by_person"),
            models.Index(
                fields=["job", "lease_expires_at"],
                condition=Q(state="dealt"),
                name="assignment_dealt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.batch_id} ({self.state})"


class Share(models.Model):
    """One person's part in a job: what they have done, and where dealing goes on for them."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="shares")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    last_class = models.ForeignKey(LabelClass, models.PROTECT, null=True, related_name="+")
    batches_submitted = models.IntegerField(default=0)
    items_judged = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "person"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.job_id}"


class DealCursor(models.Model):
    """Where the search for a new batch of a class goes on for one person, so that it need not walk
    over everything they have done."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    label_class = models.ForeignKey(LabelClass, models.PROTECT, related_name="+")
    next_number = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "person", "label_class"], name="deal_cursor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.next_number}"
