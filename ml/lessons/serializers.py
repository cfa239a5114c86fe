"""The shapes of training runs in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.api.input import NullIsDefault
from labelapp.catalog.names import LONGEST_NAME
from ml.lessons.models import Example, Method, TrainingRun
from ml.lessons.selectors import example_counts
from ml.training.split import SHARE, Part

Given = serializers.Serializer[dict[str, Any]]
_WORD = r"^[\w][\w. +-]*$"
_MOST = 100


class TrainingRunIn(NullIsDefault):
    dataset = serializers.UUIDField()
    base = serializers.UUIDField(
        required=False,
        help_text="The version that it learns on; the built-in one if empty.",
    )
    jobs = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=_MOST,
        help_text="Only what these jobs judged.",
    )
    export = serializers.UUIDField(
        default=None,
        help_text="A finished export to learn from instead of the verdicts as they are.",
    )
    sources = serializers.ListField(
        child=serializers.CharField(max_length=300),
        default=list,
        max_length=_MOST,
        help_text="Labels of these sources are taken at their word, too.",
    )
    name = serializers.RegexField(
        _WORD, max_length=100, default="", help_text="Of the model; the dataset's when empty."
    )
    version = serializers.RegexField(
        _WORD, max_length=50, default="", help_text="The next number when empty."
    )
    compared_with = serializers.UUIDField(
        default=None, help_text="The latest trained one of that name when empty."
    )
    method = serializers.ChoiceField(
        choices=Method.choices,
        default=Method.HEAD,
        help_text="`head`: in seconds, anywhere; `fine_tune`: the encoder learns too, by a worker with CUDA.",
    )
    balanced = serializers.BooleanField(
        default=False, help_text="Rare classes weigh more, at the cost of calibration."
    )
    held_out_share = serializers.FloatField(min_value=0.05, max_value=0.5, default=SHARE)


class TrainingFilterIn(Given):
    dataset = serializers.UUIDField(default=None)
    made = serializers.UUIDField(default=None, help_text="The version that came of it.")


class ExampleFilterIn(Given):
    part = serializers.ChoiceField(choices=[one.value for one in Part], default="")
    right = serializers.CharField(max_length=LONGEST_NAME, default="")
    given = serializers.CharField(max_length=LONGEST_NAME, default="")
    wrong = serializers.BooleanField(default=False)
    unreadable = serializers.BooleanField(default=False)
    differs = serializers.ChoiceField(
        choices=["new", "old", "either"],
        default="",
        help_text="Pictures that only the new version names right, only the one before, or either of these.",
    )


class VersionNameOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.CharField()


class TrainingProgressOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(
        allow_null=True, help_text="Pictures a second, while they are seen."
    )
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class TrainedClassOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AskedOut(Given):
    jobs = serializers.ListField(child=serializers.UUIDField())
    export = serializers.UUIDField(allow_null=True)
    sources = serializers.ListField(child=serializers.CharField())


class TrainingRunRowOut(serializers.ModelSerializer[TrainingRun]):
    """A training run; `made` is the version that came of it."""

    progress = TrainingProgressOut()
    dataset_name = serializers.CharField(source="dataset.name")
    base = VersionNameOut()
    made = VersionNameOut(allow_null=True)
    compared_with = VersionNameOut(allow_null=True)
    asked = AskedOut()
    counts = serializers.DictField(child=serializers.IntegerField())
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)

    class Meta:
        model = TrainingRun
        fields = [
            "id", "state", "stage", "progress", "message", "dataset", "dataset_name", "base", "method",
            "name", "version", "made", "compared_with", "asked", "counts", "sha256", "balanced",
            "held_out_share", "requested_by", "created_at", "started_at", "finished_at",
        ]  # fmt: skip


class ExampleCountsOut(Given):
    pictures = serializers.IntegerField()
    learned_from = serializers.IntegerField()
    held_out = serializers.IntegerField()
    unreadable = serializers.IntegerField()


class TrainingRunOut(TrainingRunRowOut):
    classes = TrainedClassOut(many=True)
    examples = serializers.SerializerMethodField()

    class Meta(TrainingRunRowOut.Meta):
        fields = [*TrainingRunRowOut.Meta.fields, "classes", "examples", "log"]

    def get_examples(self, run: TrainingRun) -> ExampleCountsOut:
        return ExampleCountsOut(example_counts(run)).data  # type: ignore[return-value] # the shape, for the schema


class TrainingExampleOut(serializers.ModelSerializer[Example]):
    """A picture that a training had; classes are null where nothing is said. `before`: by the version it
    is compared with."""

    image = serializers.UUIDField(source="image_id")
    image_ref = serializers.CharField(source="image.ref")
    thumb_url = serializers.CharField()
    right = TrainedClassOut(source="right_class")
    given = TrainedClassOut(source="given_class", allow_null=True)
    before = TrainedClassOut(source="before_class", allow_null=True)

    class Meta:
        model = Example
        fields = [
            "id", "image", "image_ref", "thumb_url", "right", "how", "part", "given", "confidence",
            "before", "refusal",
        ]  # fmt: skip
