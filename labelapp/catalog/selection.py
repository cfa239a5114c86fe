"""A selection of labels: what a job freezes, counted without reading labels where that can be."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from labelapp.catalog.confidence import bin_of, decimal_of, on_grid
from labelapp.catalog.models import Label, LabelClass, LabelCount


class BinCount(NamedTuple):
    label_class: UUID
    bin: int | None
    count: int  # type: ignore[assignment] # (tuple.count)


def exclusive_upper(max_confidence: float | None) -> float | None:
    """The limit that a confidence must stay below; None when there is none (1 means up to 1)."""
    return None if max_confidence == 1 else max_confidence


def in_range(min_confidence: float | None, max_confidence: float | None) -> Q:
    """Rows with `bin` and `confidence` (labels, items) from `min` up to below `max`, with 1 included.

    By bins where the limit lies on the grid: they were cut from the exact decimals.
    """
    within = Q()
    if min_confidence is not None or max_confidence is not None:
        within = Q(bin__isnull=False)
    if min_confidence is not None:
        first = bin_of(decimal_of(min_confidence))
        at_edge = Q() if on_grid(min_confidence) else Q(confidence__gte=min_confidence)
        within &= Q(bin__gt=first) | (Q(bin=first) & at_edge)
    if (upper := exclusive_upper(max_confidence)) is not None:
        last = bin_of(decimal_of(upper))
        below = Q(bin__lt=last)
        within &= below if on_grid(upper) else below | Q(bin=last, confidence__lt=upper)
    return within


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Labels of one dataset by source, classes, confidence, whether they have a mask, and whether they
    say something else than before.

    `min_confidence` is inclusive, `max_confidence` exclusive unless it is 1; with either, labels
    without a confidence are left out. An empty `source` or `label_classes` means all. With
    `changed_since`, another source, only labels of whole pictures that this one did not name so; with
    `crossed`, also those whose confidence is now on the other side of it. `also` is what else must hold of
    them, said by whoever knows more of labels than the catalog does.
    """

    dataset: UUID
    source: str = ""
    label_classes: tuple[UUID, ...] = ()
    min_confidence: float | None = None
    max_confidence: float | None = None
    with_mask: bool = False
    changed_since: str = ""
    crossed: float | None = None
    also: Q = field(default_factory=Q)

    def labels(self) -> "QuerySet[Label]":
        """The labels themselves, as far as they count."""
        classes = LabelClass.objects.filter(dataset=self.dataset)
        if self.label_classes:
            classes = classes.filter(pk__in=self.label_classes)
        found = Label.objects.live().filter(
            in_range(self.min_confidence, self.max_confidence), self.also, label_class__in=classes
        )
        if self.with_mask:
            found = found.filter(region__has_key="mask")
        if self.changed_since:
            found = found.filter(self._changed(), region={})
        return found.filter(source=self.source) if self.source else found

    def _changed(self) -> Q:
        """Labels whose class `changed_since` did not give the picture, or on whose confidence they lie
        on two sides of `crossed`."""
        before = Label.objects.filter(
            image=OuterRef("image"),
            label_class=OuterRef("label_class"),
            source=self.changed_since,
            region={},
        )
        changed = ~Q(Exists(before))
        if self.crossed is not None:
            above = in_range(self.crossed, None)
            below = Q(~above, bin__isnull=False)
            changed |= Q(above, Exists(before.filter(below)))
            changed |= Q(below, Exists(before.filter(above)))
        return changed

    def masks(self) -> int:
        """How many of the labels have a mask."""
        return replace(self, with_mask=True).labels().count()

    def population(self) -> list[BinCount]:
        """How many labels there are of each class and bin.

        Reads the kept counts; labels only of the one bin that a limit off the grid cuts through, and
        those that have a mask, have changed or pass `also`, where only they are wanted.
        """
        if self.with_mask or self.changed_since or self.also:
            rows = self.labels().values("label_class", "bin").annotate(n=Count("pk"))
            return [BinCount(row["label_class"], row["bin"], row["n"]) for row in rows]
        kept = LabelCount.objects.filter(self._whole_bins(), dataset=self.dataset, count__gt=0)
        if self.label_classes:
            kept = kept.filter(label_class__in=self.label_classes)
        if self.source:
            kept = kept.filter(source=self.source)
        counts: Counter[tuple[UUID, int | None]] = Counter()
        for row in kept.values("label_class", "bin").annotate(n=Sum("count")):
            counts[row["label_class"], row["bin"]] += row["n"]
        if cut := self._cut_bins():
            partial = self.labels().filter(bin__in=cut).values("label_class", "bin")
            for row in partial.annotate(n=Count("pk")):
                counts[row["label_class"], row["bin"]] += row["n"]
        return [BinCount(label_class, bin_, n) for (label_class, bin_), n in counts.items()]

    def _limits(self) -> list[float]:
        limits = (self.min_confidence, exclusive_upper(self.max_confidence))
        return [limit for limit in limits if limit is not None]

    def _cut_bins(self) -> list[int]:
        return [bin_of(decimal_of(limit)) for limit in self._limits() if not on_grid(limit)]

    def _has_limit(self) -> bool:
        return self.min_confidence is not None or self.max_confidence is not None

    def _whole_bins(self) -> Q:
        within = Q(bin__isnull=False) if self._has_limit() else Q()
        if self.min_confidence is not None:
            within &= Q(bin__gte=bin_of(decimal_of(self.min_confidence)))
        if (upper := exclusive_upper(self.max_confidence)) is not None:
            # A limit on the grid ends before its bin; one off the grid cuts it (taken out below).
            within &= Q(bin__lte=bin_of(decimal_of(upper)) - (1 if on_grid(upper) else 0))
        return within & ~Q(bin__in=self._cut_bins())
