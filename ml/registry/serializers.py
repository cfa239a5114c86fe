"""The shapes of model versions in the API; `In` is what comes, `Out` is what goes."""

import json
from collections import Counter
from typing import Any

from rest_framework import serializers

from labelapp.catalog.names import LONGEST_NAME, class_key
from ml.networks.classifiers.frame import Frame, Framing
from ml.registry.models import ModelVersion
from ml.registry.services import Brought

Given = serializers.Serializer[dict[str, Any]]
_WORD = r"^[\w][\w. +-]*$"
_MOST_CLASSES = 10_000
_ABOUT = ("architecture", "licence", "made_by", "notes", "trained_on", "metrics", "calibration")


class Structured(serializers.JSONField):
    """JSON that can be kept, also as text in a multipart body."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            found = super().to_internal_value(data)
            text = json.dumps(found, ensure_ascii=False, allow_nan=False)
            text.encode()
        except (RecursionError, ValueError):
            self.fail("invalid")
        if "\\u0000" in text:
            self.fail("invalid")
        return found


class Listed(Structured):
    """A list, each of it read by `child`."""

    def __init__(self, child: serializers.ListField, **more: Any) -> None:
        super().__init__(**more)
        self.child = child

    def to_internal_value(self, data: Any) -> Any:
        return self.child.run_validation(super().to_internal_value(data))


class Told(Structured):
    """An object."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        found = super().to_internal_value(data)
        if not isinstance(found, dict):
            raise serializers.ValidationError("Send an object.")
        return found


class CalibrationIn(Given):
    temperature = serializers.FloatField(min_value=0.01, max_value=100, default=1.0)
    verdicts = serializers.IntegerField(min_value=0, default=0)


def _colours(least: float) -> serializers.ListField:
    child = serializers.FloatField(min_value=least, max_value=10)
    return serializers.ListField(child=child, min_length=3, max_length=3)


class ModelFilterIn(Given):
    name = serializers.CharField(max_length=100, default="")


class ModelVersionIn(Given):
    name = serializers.RegexField(_WORD, max_length=100)
    version = serializers.RegexField(_WORD, max_length=50)
    file = serializers.FileField(required=False, help_text="The ONNX file, weights included.")
    path = serializers.CharField(
        max_length=1000, default="", help_text="An ONNX file below WEIGHTS_DIR on the server."
    )
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", default="", help_text="Refused when the file has another."
    )
    classes = Listed(
        serializers.ListField(
            child=serializers.CharField(max_length=LONGEST_NAME),
            min_length=2,
            max_length=_MOST_CLASSES,
        ),
        help_text="Names in the order of the model's outputs.",
    )
    size = serializers.IntegerField(min_value=8, max_value=4096, default=224)
    mean = Listed(_colours(-10), default=[0.485, 0.456, 0.406])
    std = Listed(_colours(0.001), default=[0.229, 0.224, 0.225])
    framing = serializers.ChoiceField(
        choices=[one.value for one in Framing],
        default=Framing.STRETCH.value,
        help_text="How a picture becomes a square: squeezed, its middle, or whole on a mat.",
    )
    architecture = serializers.CharField(max_length=200, default="", allow_blank=True)
    licence = serializers.CharField(max_length=200, default="", allow_blank=True)
    made_by = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text="You, when it is empty."
    )
    notes = serializers.CharField(max_length=20_000, default="", allow_blank=True)
    trained_on = Told(default=dict)
    metrics = Told(default=dict)
    calibration = Told(default=dict, help_text="`temperature`: 1 when nothing was fitted.")

    def validate_classes(self, names: list[str]) -> list[str]:
        often = Counter(map(class_key, names))
        if twice := sorted({name for name in names if often[class_key(name)] > 1}):
            raise serializers.ValidationError(
                f"Named twice, but for case and spaces: {', '.join(twice[:5])}."
            )
        return names

    def validate_calibration(self, told: dict[str, Any]) -> dict[str, Any]:
        known = CalibrationIn(data=told)
        known.is_valid(raise_exception=True)
        return {**told, **known.validated_data}


def brought(given: dict[str, Any]) -> Brought:
    """What came, as the service takes it."""
    frame = Frame(
        given["size"], tuple(given["mean"]), tuple(given["std"]), Framing(given["framing"])
    )
    return Brought(
        name=given["name"],
        version=given["version"],
        classes=given["classes"],
        frame=frame,
        file=given.get("file"),
        path=given["path"],
        sha256=given["sha256"].lower(),
        about={name: given[name] for name in _ABOUT},
    )


class BaseOut(Given):
    """The version that a trained one stands on: whose features a head reads, or as which a network began."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.CharField()


class ModelVersionRowOut(serializers.ModelSerializer[ModelVersion]):
    """A model version. `label_source`: the source of the labels that its runs make."""

    label_source = serializers.CharField(source="source")
    class_count = serializers.SerializerMethodField()
    base = BaseOut(allow_null=True)
    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)

    class Meta:
        model = ModelVersion
        fields = [
            "id", "name", "version", "kind", "base", "architecture", "label_source", "class_count",
            "weights_sha256", "weights_bytes", "made_by", "licence", "created_by", "created_at",
        ]  # fmt: skip

    def get_class_count(self, row: ModelVersion) -> int:
        return len(row.classes)


class ModelVersionOut(ModelVersionRowOut):
    classes = serializers.ListField(child=serializers.CharField())
    files = serializers.DictField(child=serializers.CharField(), help_text="SHA-256 by name.")
    mean = serializers.ListField(child=serializers.FloatField())
    std = serializers.ListField(child=serializers.FloatField())
    calibration = serializers.DictField(child=serializers.JSONField())
    metrics = serializers.DictField(child=serializers.JSONField())
    trained_on = serializers.DictField(child=serializers.JSONField())

    class Meta(ModelVersionRowOut.Meta):
        fields = [
            *ModelVersionRowOut.Meta.fields, "classes", "files", "size", "mean", "std", "framing",
            "probabilities", "features", "calibration", "metrics", "trained_on", "notes",
        ]  # fmt: skip
