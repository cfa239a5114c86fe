"""Versions of classifiers: what they are, what they name, and which files they are made of."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ml.networks.classifiers.frame import Frame, Framing


class Kind(models.TextChoices):
    """Where its files come from: the installation itself, an ONNX file that somebody brought, or a
    training run here, which makes a head on the features of another version (`base`), or a network of its
    own that began as another version."""

    SHIPPED = "shipped"
    ONNX = "onnx"
    HEAD = "head"
    TUNED = "tuned"


TRAINED = (Kind.HEAD, Kind.TUNED)  # here, on a `base`


class ModelVersion(models.Model):
    """A classifier as it was at one time; none of what decides about its answers ever changes.

    `classes` are names by the numbers of its outputs. `files` are SHA-256 by name, the ONNX file's
    (`weights_sha256`) among them. `mean` and `std` are of colours from 0 to 1. `features`: how many
    numbers describe a picture; 0 when it does not tell. `probabilities`: its outputs are softmaxed.
    `calibration` holds the `temperature` and what it was fitted on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    version = models.CharField(max_length=50)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="heads")
    kind = models.CharField(max_length=20, choices=Kind)
    architecture = models.CharField(max_length=200, blank=True, default="")
    classes = models.JSONField()
    files = models.JSONField()
    weights_sha256 = models.CharField(max_length=64)
    weights_bytes = models.BigIntegerField()
    size = models.IntegerField()
    mean = ArrayField(models.FloatField(), size=3)
    std = ArrayField(models.FloatField(), size=3)
    framing = models.CharField(max_length=10, choices=[(one.value,) * 2 for one in Framing])
    probabilities = models.BooleanField(default=False)
    features = models.IntegerField(default=0)
    calibration = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    trained_on = models.JSONField(default=dict)
    made_by = models.CharField(max_length=300, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")
    notes = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), Lower("version"), name="model_version_once"),
            models.CheckConstraint(
                condition=Q(kind__in=TRAINED, base__isnull=False)
                | (~Q(kind__in=TRAINED) & Q(base=None)),
                name="model_version_base_of_trained",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, features__gte=0), name="model_version_sizes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def source(self) -> str:
        """The source of the labels that it makes."""
        return f"model:{self}"

    @property
    def network(self) -> "ModelVersion":
        """The version whose network it runs: of a head, the one below it."""
        return self.base if self.kind == Kind.HEAD and self.base else self

    @property
    def seen_by(self) -> uuid.UUID:
        """The version whose features of pictures this one works on."""
        return self.base_id if self.kind == Kind.HEAD and self.base_id else self.pk

    @property
    def frame(self) -> Frame:
        """What it sees of a picture."""
        red, green, blue = self.mean
        r, g, b = self.std
        return Frame(self.size, (red, green, blue), (r, g, b), Framing(self.framing))

    @property
    def temperature(self) -> float:
        """What its logits are divided by before softmax; 1 where nothing was fitted."""
        return float(self.calibration.get("temperature", 1.0))
