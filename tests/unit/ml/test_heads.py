"""Learning a head on features, calibrating it, and comparing it with another, on numbers known before."""

import tracemalloc
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import precision_recall_fscore_support

from ml.networks.classifiers.chances import log_softmax
from ml.networks.classifiers.heads import load_head
from ml.networks.weights import WeightsError
from ml.training.calibrate import (
    bins,
    calibration_error,
    confidences,
    debiased_squared_error,
    fit_temperature,
)
from ml.training.compare import Paired, Share, bootstrap, by_class, compared, judged
from ml.training.head import (
    Lesson,
    TooFewClassesError,
    TooFewExamplesError,
    fit_head,
)
from ml.training.split import BEFORE_ANY_IS_HELD_OUT, Part, split


def digits(count: int) -> Lesson:
    """Handwritten digits as if they were features; pictures next to each other are twins."""
    data = load_digits()
    features = data.data[:count] / np.linalg.norm(data.data[:count], axis=1, keepdims=True)
    names = [str(number) for number in range(10)]
    return Lesson(features, data.target[:count], np.arange(count) // 2, names)


def test_a_head_tells_digits_apart_that_it_never_saw() -> None:
    heard: list[tuple[int, int]] = []
    head = fit_head(digits(600), report=lambda done, total: heard.append((done, total)))
    data = load_digits()
    unseen = data.data[600:1000] / np.linalg.norm(data.data[600:1000], axis=1, keepdims=True)
    right = head.logits(unseen).argmax(1) == data.target[600:1000]
    assert right.mean() > 0.9
    assert head.weight.shape == (10, 64)
    assert heard[-1] == (36, 36)
    assert all(one < other for (one, _), (other, _) in pairwise(heard))


def test_it_takes_a_stiffer_penalty_where_the_targets_are_noise() -> None:
    lesson = digits(300)
    noise = np.random.default_rng(0).integers(0, 10, 300)
    stiff = fit_head(Lesson(lesson.features, noise, lesson.groups, lesson.classes))
    assert stiff.strength > fit_head(lesson).strength


def test_of_two_classes_both_get_a_row() -> None:
    draw = np.random.default_rng(1)
    features = np.concatenate([draw.normal(1, 0.3, (40, 3)), draw.normal(-1, 0.3, (40, 3))])
    targets = np.repeat([0, 1], 40)
    head = fit_head(Lesson(features, targets, np.arange(80), ("Crab", "Lobster")))
    assert head.weight.shape == (2, 3)
    assert (head.logits(features).argmax(1) == targets).all()


def test_one_class_or_too_few_pictures_of_a_class_are_refused() -> None:
    features = np.eye(12)
    with pytest.raises(TooFewClassesError):
        fit_head(Lesson(features, np.zeros(12, int), np.arange(12), ("Crab",)))
    targets = np.array([0] * 11 + [1])
    with pytest.raises(TooFewExamplesError, match=r"Lobster \(1\), Shrimp \(0\)") as told:
        fit_head(Lesson(features, targets, np.arange(12), ("Crab", "Lobster", "Shrimp")))
    assert told.value.short == {"Lobster": 1, "Shrimp": 0}


@pytest.mark.parametrize("groups", [[0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 2, 2], [0, 0, 0, 0, 0, 0]])
def test_two_pictures_of_each_class_suffice_also_when_they_are_twins(groups: list[int]) -> None:
    features = np.repeat(np.eye(3), 2, axis=0)
    lesson = Lesson(features, np.repeat([0, 1, 2], 2), np.array(groups), ("a", "b", "c"))
    assert (fit_head(lesson).logits(features).argmax(1) == lesson.targets).all()


def drawn_with(temperature: float, count: int = 4000) -> tuple[Any, Any]:
    """Logits that are `temperature` times too sure of themselves, and targets drawn by the truth."""
    draw = np.random.default_rng(2)
    true = draw.normal(0, 1.5, (count, 5))
    chances = np.exp(log_softmax(true))
    targets = np.array([draw.choice(5, p=row) for row in chances])
    return true * temperature, targets


def test_the_temperature_that_was_put_in_is_found() -> None:
    logits, targets = drawn_with(2.5)
    found = fit_temperature(logits, targets)
    assert found.temperature == pytest.approx(2.5, rel=0.06)
    assert found.fitted
    assert found.error_before > 0.1
    assert found.error_after < 0.03
    scores, right = confidences(logits / found.temperature, targets)
    assert debiased_squared_error(scores, right) < 0.001


def test_with_few_verdicts_the_temperature_stays_one() -> None:
    logits, targets = drawn_with(2.5, 99)
    found = fit_temperature(logits, targets)
    assert (found.temperature, found.fitted, found.verdicts) == (1.0, False, 99)
    assert found.error_before == found.error_after
    assert fit_temperature(logits[:0], targets[:0]).temperature == 1


def test_bins_have_equal_mass_and_their_error_is_the_mean_distance() -> None:
    scores = np.linspace(0.5, 0.99, 100)
    right = np.arange(100) % 2 == 0
    found = bins(scores, right)
    assert [one.count for one in found] == [25] * 4
    assert found[0].interval[0] < found[0].share < found[0].interval[1]
    by_hand = np.mean([abs(one.share - one.confidence) for one in found])
    assert calibration_error(scores, right) == pytest.approx(by_hand)
    assert bins(scores[:0], right[:0]) == []


def test_precision_and_recall_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(3)
    targets, given = draw.integers(0, 4, 200), draw.integers(0, 4, 200)
    report = judged(targets, given, ("a", "b", "c", "d"))
    precision, recall, _, support = precision_recall_fscore_support(targets, given)
    assert [one.precision.value for one in report.classes] == pytest.approx(precision)
    assert [one.recall.value for one in report.classes] == pytest.approx(recall)
    assert [one.recall.total for one in report.classes] == support.tolist()
    assert report.macro_recall == pytest.approx(recall.mean())
    assert report.confusion[1, 2] == ((targets == 1) & (given == 2)).sum()
    assert report.accuracy == Share(int((targets == given).sum()), 200)


def test_a_class_that_nobody_named_has_no_precision() -> None:
    report = judged(np.array([0, 1]), np.array([0, 0]), ("a", "b"))
    assert report.classes[1].precision.value is None
    assert report.classes[1].precision.interval is None
    assert report.classes[1].recall == Share(0, 1)


def test_versions_are_compared_on_what_only_one_of_them_knows() -> None:
    # R: mcnemar's exact p is binom.test(1, 10)$p.value = 0.02148438
    old = np.array([True] * 50 + [False] * 9 + [True])
    new = np.array([True] * 50 + [True] * 9 + [False])
    found = compared(old, new)
    assert (found.only_new, found.only_old, found.pictures) == (9, 1, 60)
    assert found.p == pytest.approx(0.02148438)
    assert found.verdict == "better"
    assert found.gain == pytest.approx(8 / 60)
    assert found.interval[0] < found.gain < found.interval[1]
    assert compared(new, old).verdict == "worse"
    assert compared(old, old).verdict == "no_evidence"
    assert compared(old, old).p == 1
    with pytest.raises(ValueError, match="same pictures"):
        compared(old, new[:5])


@pytest.mark.parametrize(
    ("both", "only_new", "only_old", "neither", "low", "high"),
    # The first: Newcombe, Statistics in Medicine 17 (1998), method 10.
    [(36, 12, 2, 0, 0.0569, 0.3404), (53, 1, 0, 0, None, None), (0, 0, 0, 54, None, None)],
)
def test_the_interval_of_a_paired_difference_is_newcombes(
    both: int, only_new: int, only_old: int, neither: int, low: float | None, high: float | None
) -> None:
    found = Paired(both, only_new, only_old, neither)
    swapped = Paired(both, only_old, only_new, neither)
    assert found.interval is not None
    assert swapped.interval is not None
    assert found.gain is not None
    assert -1 <= found.interval[0] <= found.gain <= found.interval[1] <= 1
    assert found.interval == pytest.approx((-swapped.interval[1], -swapped.interval[0]))
    if low is not None:
        assert found.interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("share_new", "share_old"), [(0.9, 0.9), (0.95, 0.8), (0.6, 0.7)])
def test_it_holds_the_true_difference_in_about_19_of_20_samples(
    share_new: float, share_old: float
) -> None:
    draw = np.random.default_rng(3)
    trials, pictures, held = 400, 40, 0
    for _ in range(trials):
        hard = draw.random(pictures)  # the same pictures are hard for both
        new, old = hard < share_new, hard + draw.normal(0, 0.05, pictures) < share_old
        found = Paired(
            int((new & old).sum()), int((new & ~old).sum()), int((old & ~new).sum()),
            int((~new & ~old).sum()),
        )  # fmt: skip
        low, high = found.interval or (0, 0)
        held += low <= share_new - share_old <= high
    assert held / trials > 0.93


def test_two_versions_are_compared_class_by_class() -> None:
    targets = np.array([0] * 30 + [1] * 8)
    old = np.array([True] * 10 + [False] * 20 + [True] * 7 + [False])
    new = np.array([True] * 29 + [False] + [True] * 6 + [False, True])
    first, second, empty = by_class(old, new, targets, 3)
    assert first == Paired(both=10, only_new=19, only_old=0, neither=1)
    assert (first.before, first.now, first.verdict) == (Share(10, 30), Share(29, 30), "better")
    assert second == Paired(both=6, only_new=1, only_old=1, neither=0)
    assert (second.gain, second.verdict) == (0, "no_evidence")
    assert by_class(new, old, targets, 3)[0].verdict == "worse"
    assert (empty.pictures, empty.gain, empty.interval) == (0, None, None)
    assert empty.verdict == "no_evidence"
    with pytest.raises(ValueError, match="same pictures"):
        by_class(old, new, targets[:5], 3)


def test_the_interval_is_that_of_whole_resampling_and_takes_no_memory_for_it() -> None:
    draw = np.random.default_rng(7)
    gains = draw.choice([-1, 0, 1], 400, p=(0.1, 0.7, 0.2)).astype(np.int8)
    means = gains[draw.integers(0, 400, (20_000, 400))].mean(1)
    assert bootstrap(gains) == pytest.approx(np.quantile(means, (0.025, 0.975)), abs=0.006)
    assert bootstrap(np.ones(5, np.int8)) == (1, 1)
    tracemalloc.start()
    bootstrap(gains.repeat(500))  # 200,000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_twins_lie_on_one_side_and_about_the_share_is_held_out() -> None:
    groups = {number: f"group {number // 3}" for number in range(3000)}
    parts = split(groups, share=0.2)
    for number in range(0, 3000, 3):
        assert len({parts[number], parts[number + 1], parts[number + 2]}) == 1
    held = sum(part is Part.HELD_OUT for part in parts.values()) / 3000
    assert held == pytest.approx(0.2, abs=0.04)
    assert split(groups, share=0.2, seed=1) != parts


def test_what_was_held_out_stays_so_when_pictures_come_and_when_twins_are_found() -> None:
    parts = split({number: str(number) for number in range(100)})
    more = split({number: str(number) for number in range(50, 200)}, before=parts)
    assert all(more[number] is parts[number] for number in range(50, 100))
    held = next(number for number in range(100) if parts[number] is Part.HELD_OUT)
    learned = next(number for number in range(100) if parts[number] is Part.TRAIN)
    twins = split({held: "twins", 1000: "twins"}, before=parts)
    assert set(twins.values()) == {Part.HELD_OUT}
    late = split({held: "twins", learned: "twins"}, before=parts)
    assert set(late.values()) == {Part.TRAIN}


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0])
def test_a_share_that_leaves_one_side_empty_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="cannot be held out"):
        split({1: "a"}, share=share)


def test_rare_classes_keep_enough_to_learn_from_before_any_is_held_out() -> None:
    groups = {number: str(number) for number in range(400)}
    classes = {number: "rare" if number % 50 == 0 else "common" for number in range(400)}
    plain, kind = split(groups, share=0.5), split(groups, share=0.5, classes=classes)
    rare = [number for number in groups if classes[number] == "rare"]
    learned = sum(kind[number] is Part.TRAIN for number in rare)
    assert learned >= BEFORE_ANY_IS_HELD_OUT > sum(plain[number] is Part.TRAIN for number in rare)
    assert all(kind[number] is plain[number] for number in groups if number not in rare)


def test_pictures_that_only_their_twins_are_asked_for_teach_no_class() -> None:
    groups = {"old": "x"} | {f"new {number}": f"g{number}" for number in range(5)}
    classes = {key: "Rare" for key in groups if key != "old"}
    parts = split(groups, share=0.99, before={"old": Part.TRAIN}, classes=classes)
    assert [parts[key] for key in classes] == [Part.TRAIN] * 5


def test_what_is_held_out_already_stays_so_even_of_a_rare_class() -> None:
    before = {1: Part.HELD_OUT}
    parts = split({1: "a", 2: "b"}, before=before, classes={1: "rare", 2: "rare"})
    assert parts == {1: Part.HELD_OUT, 2: Part.TRAIN}


def test_a_head_is_kept_and_read_again(tmp_path: Path) -> None:
    head = fit_head(digits(300))
    head.save(tmp_path / "head.safetensors")
    read = load_head(tmp_path / "head.safetensors")
    features = digits(300).features
    assert (read.logits(features) == head.logits(features)).all()
    (tmp_path / "other").write_bytes(b"no head")
    with pytest.raises(WeightsError, match="no head"):
        load_head(tmp_path / "other")
