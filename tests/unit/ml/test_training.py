"""Training and evaluation end to end, on pictures made by arithmetic."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from ml.networks.crops import CHANNELS
from ml.networks.segmenters.dextr import DextrLite
from ml.networks.segmenters.grabcut import Shape
from ml.training import ablate, evaluate, losses, train
from ml.training.batches import NEGATIVE, POSITIVE, PREVIOUS, make_batch, with_own_mistakes
from ml.training.compose import Cutout, pasted
from ml.training.data import Crops, DataPlan
from ml.training.manifest import BrokenManifestError, read_manifest

from .pictures import ellipse, photo_of, write_sets

CONFIG = """
warm_up = 2
rounds = [0.5, 0.3, 0.2]
checkpoint_every = 2
watch_every = 25
watch_objects = 2
[shape]
encoder = "lite0"
widths = [16, 16, 16, 16, 8]
[data]
cutouts = ["one"]
[data.sets]
one = 1.0
two = 0.5
[data.classes]
ball = 0.5
[[phases]]
size = 32
batch = 2
steps = 2
rate_from = 1e-3
rate_to = 1e-4
[[phases]]
size = 64
batch = 2
steps = 2
rate_from = 1e-4
rate_to = 1e-5
fine = 4
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sets = {"one": "train", "two": "train", "strange name": "held", "other": "held", "v": "val"}
    return write_sets(tmp_path_factory.mktemp("sets"), sets)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(CONFIG)
    return path


def crops(folder: Path, **changes: float) -> Crops:
    return Crops(folder, DataPlan({"one": 1.0}, cutouts=("one",), **changes))  # type: ignore[arg-type]


def test_a_crop_holds_its_object_and_the_points_lie_on_it(folder: Path) -> None:
    source, random = crops(folder, paste=0.5), np.random.default_rng(0)
    for _ in range(20):
        crop = source.draw(64, random)
        assert crop.colours.shape == (64, 64, 3)
        assert crop.truth.any()
        rows, columns = np.nonzero(crop.truth)
        low, high = crop.points.min(0), crop.points.max(0)
        assert np.abs(low - [columns.min(), rows.min()]).max() < 20
        assert np.abs(high - [columns.max(), rows.max()]).max() < 20


def test_the_same_seed_draws_the_same_crops(folder: Path) -> None:
    source = crops(folder)
    one, two = (source.draw(32, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(one.colours, two.colours)
    assert np.array_equal(one.truth, two.truth)


def test_what_the_front_object_covers_leaves_the_hidden_ones_mask() -> None:
    hidden = ellipse(120, 120, (30, 30, 90, 90))
    front = ellipse(40, 40, (0, 0, 40, 40))
    random, changed = np.random.default_rng(1), 0
    for _ in range(12):
        picture, mask = pasted(photo_of(hidden), hidden, Cutout(photo_of(front), front), random)
        assert picture.shape == (120, 120, 3)
        changed += not np.array_equal(mask, hidden)
    assert changed > 6


def test_a_set_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(KeyError, match="three"):
        Crops(folder, DataPlan({"three": 1.0}))


def test_clicks_fall_on_the_networks_own_mistakes(folder: Path) -> None:
    batch = make_batch([crops(folder).draw(32, np.random.default_rng(0))])

    class Everything(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.ones_like(x[:, :1])

    inputs = with_own_mistakes(Everything(), batch, 1)
    assert inputs.shape == (1, CHANNELS, 32, 32)
    assert inputs[0, NEGATIVE].max() > 0.9
    assert inputs[0, POSITIVE].max() == 0
    assert inputs[0, PREVIOUS].min() == 1
    y, x = divmod(int(inputs[0, NEGATIVE].argmax()), 32)
    assert batch.truth[0, 0, y, x] == 0
    assert batch.inputs[0, NEGATIVE].max() == 0


def test_losses_fall_as_the_answer_gets_better() -> None:
    truth = torch.from_numpy(ellipse(48, 48, (8, 8, 40, 40)).astype(np.float32))[None, None]
    answers = [torch.zeros_like(truth), truth * 4 - 2, truth * 12 - 6]
    for loss in (losses.total, losses.normalized_focal, losses.soft_iou):
        values = [float(loss(answer, truth)) for answer in answers]
        assert values == sorted(values, reverse=True)
        assert values[-1] < 0.1
    assert losses.boundary_band(truth).sum() < 0.5 * truth.numel()


def test_a_part_of_the_loss_can_be_left_out() -> None:
    truth = torch.from_numpy(ellipse(48, 48, (8, 8, 40, 40)).astype(np.float32))[None, None]
    answer = truth * 2 - 1.5
    alone = losses.total(answer, truth, losses.Shares(focal=0.0, iou=1.0, entropy=0.0))
    assert float(alone) == pytest.approx(float(losses.soft_iou(answer, truth)))
    assert float(losses.total(answer, truth)) > float(alone)


def test_the_variants_of_an_ablation_differ_in_what_they_name_alone() -> None:
    shared = {"seed": 1, "loss": {"focal": 0.3}, "data": {"paste": 0.35, "careful": 0.2}}
    changes = {
        "nothing": {},
        "no-paste": {"data": {"paste": 0.0}},
        "other": {"shape": {"encoder": "lite0"}},
    }
    found = ablate.variants_of({**shared, "variants": changes})
    assert found["nothing"] == shared
    assert found["no-paste"] == {**shared, "data": {"paste": 0.0, "careful": 0.2}}
    assert found["other"] == {**shared, "shape": {"encoder": "lite0"}}


def test_an_ablation_says_what_each_variant_reaches_and_trains_none_twice(
    folder: Path, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = train.read_plan(config)
    weights = DextrLite(plan.shape).encoder.state_dict()
    weights["_conv_stem.weight"] = weights["_conv_stem.weight"][:, :3]
    torch.save(weights, tmp_path / "efficientnet-lite0-1.pth")
    found = ablate.trained(plan, folder, tmp_path / "run", tmp_path)
    assert set(found["points_off"]) == {"0.7", "3.0"}
    assert set(found["points_off"]["3.0"]) == {"v", "macro"}
    monkeypatch.setattr(train.Run, "steps", lambda _run: pytest.fail("It was trained again."))
    assert ablate.trained(plan, folder, tmp_path / "run", tmp_path) == found


def test_a_killed_run_goes_on_where_it_was(folder: Path, config: Path, tmp_path: Path) -> None:
    plan = train.read_plan(config)
    out = tmp_path / "run"
    first = train.Run(plan, folder, out, None)
    batch = make_batch([first.crops.draw(32, np.random.default_rng(n)) for n in range(2)])
    first.learn(batch)
    first.learn(batch)
    first.save()
    second = train.Run(plan, folder, out, None)
    assert second.step == 2
    for name, value in first.network.state_dict().items():
        assert torch.equal(value, second.network.state_dict()[name]), name
    second.steps()
    assert second.step == 4
    assert second.fine == 4
    assert (out / "last.safetensors").is_file()
    third = train.Run(plan, folder, out, None)
    assert third.step == 4
    assert third.fine == 4


def test_the_log_and_the_curves_are_written(folder: Path, config: Path, tmp_path: Path) -> None:
    run = train.Run(train.read_plan(config), folder, tmp_path / "run", None)
    run.step = 1
    run.log(0, run.plan.phases[0], 0.5, 2.0)
    object.__setattr__(run.plan, "watch_every", 1)
    run.log(0, run.plan.phases[0], 0.4, 2.0)
    rows = list(csv.DictReader((tmp_path / "run" / "log.csv").open()))
    assert [row["loss"] for row in rows] == ["0.5000", "0.4000"]
    assert 0 <= float(rows[1]["macro"]) <= 1
    assert (tmp_path / "run" / "curves.png").stat().st_size > 500
    assert (tmp_path / "run" / "best.safetensors").is_file()


def test_the_rate_warms_up_and_falls_within_each_phase(config: Path) -> None:
    plan = train.read_plan(config)
    rates = [train.rate_at(plan, step) for step in range(4)]
    assert rates[0] == pytest.approx(5e-4)
    assert rates[3] < rates[2] < rates[1]
    with pytest.raises(IndexError):
        train.phase_at(plan, 4)


def test_a_plan_with_an_unknown_key_is_refused(config: Path) -> None:
    config.write_text("speling = 1\n" + CONFIG)
    with pytest.raises(TypeError, match="speling"):
        train.read_plan(config)


def test_evaluate_prints_every_set_whatever_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [
        "evaluate",
        "--data",
        str(folder),
        "--split",
        "held",
        "--segmenter",
        "grabcut",
        "--clicks",
        "2",
    ]
    monkeypatch.setattr(sys, "argv", given)
    evaluate.main()
    found = json.loads(capsys.readouterr().out)
    assert found["segmenter"] == "grabcut"
    assert found["noise"] == 0.7
    assert [row["name"] for row in found["sets"]] == ["other", "strange name"]
    assert found["macro"]["objects"] == 8
    assert len(found["macro"]["iou_after_clicks"]) == 3
    assert found["macro"]["iou"] == pytest.approx(
        np.mean([row["iou"] for row in found["sets"]]), abs=1e-3
    )
    assert found["macro"]["iou"] > found["baselines"]["box"]["macro"]["iou"]
    assert set(found["sets"][0]) == {
        "name",
        "objects",
        "iou",
        "iou_interval",
        "share_90",
        "boundary_f",
        "consistency",
        "clicks_85",
        "clicks_90",
        "iou_after_clicks",
        "p50_ms",
        "p95_ms",
    }


def test_clicks_are_counted_until_the_goal() -> None:
    results = [
        evaluate.Result(0, 1, True, [0.8, 0.86, 0.95], 1),
        evaluate.Result(0, 1, True, [0.2, 0.3, 0.4], 1),
    ]
    assert evaluate.clicks_until(results, 0.85) == 1.5
    assert evaluate.clicks_until(results, 0.90) == 2.0


def test_the_limit_takes_objects_from_all_over_a_set(folder: Path) -> None:
    group = read_manifest(folder, "val")[0]
    found = evaluate.judge_set(Shape("ellipse"), group, evaluate.Settings(clicks=0, limit=2))
    assert [result.image for result in found] == [0, 1]
    assert min(result.ious[0] for result in found) > 0.9


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "There is no"), ("{", "cannot be read"), ('{"sets": []}', "no set")],
)
def test_a_manifest_that_is_broken_says_how(
    tmp_path: Path, content: str | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BrokenManifestError, match=complaint):
        read_manifest(tmp_path, "val")
