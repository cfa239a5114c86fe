"""Fine-tuning: what is varied, what is only watched, which layers learn how fast; a network that learns."""

from pathlib import Path

import numpy as np
import pytest
import torch

from ml.networks.classifiers import tuned
from ml.networks.classifiers.frame import Frame, Framing
from ml.networks.classifiers.heads import Head
from ml.networks.classifiers.lite import LiteClassifier
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.crops import Picture
from ml.training.split import watched
from ml.training.tune import (
    DivergedError,
    Listener,
    Material,
    Recipe,
    Tuning,
    class_weights,
    groups_of,
    rate_at,
    started,
    write,
)
from ml.training.varied import LEAST, cropped, lit, varied

HALF = (0.5, 0.5, 0.5)
SMALL = Frame(64, HALF, HALF)
QUICK = Recipe(epochs=2, batch=4, rate=1e-3)


def unheard(*told: object) -> None:
    """Nobody listens."""


DEAF = Listener(unheard, unheard)


def squares(count: int) -> list[Picture]:
    """Bright ones and dark ones by turns, each with specks of its own."""
    draw = np.random.default_rng(0)
    return [
        draw.integers(0, 60, (70, 80, 3)).astype(np.uint8) + np.uint8(190 * (number % 2))
        for number in range(count)
    ]


def fresh() -> LiteClassifier:
    torch.manual_seed(0)
    return LiteClassifier("lite0", 2)


def material(count: int, watch: int = 0, *, unreadable: int = -1) -> Material:
    pictures = squares(count)

    def look(number: int) -> Picture | None:
        return None if number == unreadable else pictures[number]

    return Material(
        [lambda number=number: look(number) for number in range(count)],  # type: ignore[misc]
        np.arange(count) % 2,
        np.arange(count) >= count - watch,
        2,
    )


@pytest.mark.parametrize("framing", list(Framing))
def test_a_varied_picture_is_a_square_of_another_part_in_another_light(framing: Framing) -> None:
    picture = squares(2)[1]
    frame = Frame(32, HALF, HALF, framing)
    draws = [varied(picture, frame, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert draws[0].shape == (32, 32, 3)
    assert draws[0].dtype == np.uint8
    assert (draws[0] == draws[1]).all()
    assert (draws[0] != draws[2]).any()


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (40, 60, 3)])
def test_a_crop_lies_inside_and_leaves_most_of_the_picture(shape: tuple[int, int, int]) -> None:
    picture = np.arange(np.prod(shape)).reshape(shape).astype(np.uint8)
    for seed in range(50):
        part = cropped(picture, np.random.default_rng(seed))
        assert 1 <= part.shape[0] <= shape[0]
        assert 1 <= part.shape[1] <= shape[1]
        if min(shape[:2]) > 1:
            assert part.size > 0.9 * LEAST * picture.size


def test_light_keeps_a_colour_the_colour_that_it_is() -> None:
    red = np.full((8, 8, 3), (180, 40, 30), np.uint8)
    for seed in range(30):
        found = lit(red, np.random.default_rng(seed)).reshape(-1, 3).mean(0)
        assert found[0] > 1.8 * found[1:].max()


def test_a_tenth_is_watched_twins_together_and_none_of_a_rare_class() -> None:
    groups = [str(number // 2) for number in range(600)]
    classes = ["often"] * 594 + ["rare"] * 6
    found = watched(groups, classes)
    assert 30 <= sum(found) <= 90
    assert all(one == other for one, other in zip(found[::2], found[1::2], strict=True))
    assert sum(not one for one in found[594:]) >= 5


def test_of_few_pictures_none_is_watched() -> None:
    assert watched([str(number) for number in range(60)], ["one", "other"] * 30) == [False] * 60


def test_deeper_layers_learn_slower_and_norms_do_not_decay() -> None:
    recipe = Recipe()
    network = fresh()
    groups = groups_of(network, recipe)
    factors = {}
    for group in groups:
        assert group["weight_decay"] in {0.0, recipe.weight_decay}
        for weight in group["params"]:  # type: ignore[attr-defined]
            factors[weight] = group["factor"]
    names = dict(network.named_parameters())
    assert len(factors) == len(names)
    top, first = names["_fc.weight"], names["encoder._blocks.0._project_conv.weight"]
    last, stem = (
        names["encoder._blocks.15._project_conv.weight"],
        names["encoder._conv_stem.weight"],
    )
    assert [factors[one] for one in (top, last, first, stem)] == pytest.approx(
        [1, recipe.decay, recipe.decay**16, recipe.decay**17]
    )


def test_the_rate_goes_up_in_a_line_and_down_in_a_cosine() -> None:
    rates = [rate_at(Recipe(rate=1, warm_up=0.2), step, 10) for step in range(10)]
    assert rates[:3] == [0.5, 1, 1]
    assert rates[6] == pytest.approx(0.5)
    assert rates[2:] == sorted(rates[2:], reverse=True)
    assert 0 < rates[-1] < 0.05


def test_balanced_rare_classes_weigh_more() -> None:
    few = Material([], np.array([0, 0, 0, 1]), np.zeros(4, bool), 2, balanced=True)
    assert class_weights(few).tolist() == pytest.approx([4 / 6, 2])


def test_it_learns_leaves_the_statistics_alone_and_writes_a_graph_that_agrees(
    tmp_path: Path,
) -> None:
    head = Head(np.zeros((2, 1280), np.float32), np.zeros(2, np.float32))
    weights = {
        name: one.numpy()
        for name, one in fresh().state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    network = started(weights, head, tmp_path)
    heard: list[tuple[int, int]] = []
    lines: list[str] = []
    work = Tuning(network, material(10, unreadable=3), SMALL, recipe=QUICK)
    epoch = work.run(Listener(lambda done, total: heard.append((done, total)), lines.append))
    assert epoch == 2
    assert heard[-1] == (6, 6)
    assert lines[0].startswith("Too few pictures to watch")
    after = work.network.state_dict()
    for name, before in weights.items():
        same = np.array_equal(after[name].numpy(), before)
        if before.ndim > 1 or name.endswith(("running_mean", "running_var")):
            assert same == (before.ndim == 1), name
    found = write(work.network, tmp_path)
    planes = np.random.default_rng(0).normal(size=(2, 3, 224, 224)).astype(np.float32)
    told = OnnxClassifier(found[tuned.GRAPH]).run(planes)
    with torch.no_grad():
        logits, features = work.network(torch.from_numpy(planes))
    assert told.features is not None
    assert np.abs(told.logits - logits.numpy()).max() < 1e-4
    assert np.abs(told.features - features.numpy()).max() < 1e-3


def test_it_stops_where_the_watched_get_no_better_and_keeps_the_best() -> None:
    lines: list[str] = []
    network = fresh()
    before = network._fc.bias.detach().clone()
    harmful = Recipe(epochs=5, batch=4, rate=0.5, decay=1, clip=1e9, patience=1)
    pictures = material(12, watch=4)
    wrong = np.where(pictures.watched, pictures.targets, 1 - pictures.targets)
    work = Tuning(
        network, Material(pictures.looks, wrong, pictures.watched, 2), SMALL, recipe=harmful
    )
    assert work.run(Listener(unheard, lines.append)) == 0
    assert lines[-1] == "No better for 1 epochs: it stops early."
    assert len(lines) == 3
    assert torch.equal(work.network._fc.bias, before)


def test_a_loss_beyond_all_numbers_ends_it() -> None:
    network = fresh()
    with torch.no_grad():
        network._fc.bias.fill_(float("nan"))
    with pytest.raises(DivergedError):
        Tuning(network, material(4), SMALL, recipe=QUICK).run(DEAF)


class Stop(Exception):
    """As when somebody cancels."""


def test_what_the_listener_raises_ends_it_at_the_next_step() -> None:
    done: list[int] = []

    def heard(steps: int, total: int) -> None:
        done.append(steps)
        raise Stop

    with pytest.raises(Stop):
        Tuning(fresh(), material(20), SMALL, recipe=QUICK).run(Listener(heard, unheard))
    assert done == [1]
