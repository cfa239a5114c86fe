"""What becomes of the network's answer: the promise to the person who clicked."""

import numpy as np
import pytest

from ml.networks.clicks import disobeyed
from ml.networks.crops import CloseUp, Planes, Window, close_up, region_of, shrunk, window_of
from ml.networks.finish import at_size, without_specks
from ml.networks.finish import finished as finish_one
from ml.networks.guided import fitted_to
from ml.networks.prompts import Click, Mask, Prompt
from ml.networks.reach import nearest
from ml.networks.segmenters.crop import CropSegmenter, Look
from ml.training.measures import boundary_f, consistent, iou

from .pictures import Told, ellipse, photo_of, pointed_at

SIZE = 160


def seen_as(mask: Mask, prompt: Prompt, size: int = SIZE) -> Planes:
    """The logits of a network that sees `mask` perfectly."""
    plane = shrunk(mask.astype(np.uint8) * 255, window_of(prompt.points).to_input(size), size)
    return ((plane.astype(np.float32) - 127.5) / 32).astype(np.float32)


def finish(mask: Mask, prompt: Prompt, size: int = SIZE) -> Mask:
    """The finished mask of a network that sees `mask` where `prompt` points."""
    segmenter = CropSegmenter("told", Told(seen_as(mask, prompt, size)))
    return segmenter.predict(photo_of(mask), prompt).mask


@pytest.mark.parametrize(
    "box", [(30, 40, 150, 110), (0, 0, 80, 60), (100, 60, 180, 120), (60, 50, 80, 70)]
)
def test_a_perfect_answer_stays_perfect(box: tuple[int, int, int, int]) -> None:
    mask = ellipse(120, 180, box)
    assert iou(finish(mask, pointed_at(mask)), mask) > 0.96


def test_several_looks_are_averaged_the_mirrored_one_turned_back() -> None:
    mask = ellipse(120, 180, (30, 40, 150, 110))
    prompt = pointed_at(mask)
    told = {
        64: seen_as(mask & (np.arange(180) < 90), prompt, 64),
        96: seen_as(mask, prompt, 96)[:, ::-1],
    }

    class Sees:
        size = 96

        def logits(self, inputs: Planes) -> Planes:
            return told[inputs.shape[-1]][None]

    segmenter = CropSegmenter("two", Sees(), looks=(Look(64), Look(96, mirrored=True)))
    segmenter.warm(photo_of(mask))
    (logits,) = segmenter.logits([close_up(photo_of(mask), prompt)])
    assert logits.shape == (96, 96)
    assert logits[48, 30] == pytest.approx(told[96][48, 65], abs=0.5)
    assert logits[48, 66] == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("seed", range(12))
def test_the_nearest_pixel_is_found_however_far_it_is(seed: int) -> None:
    random = np.random.default_rng(seed)
    mask = random.random((90, 400)) < random.choice([0, 1e-4, 1e-3, 1e-2])
    row, column = int(random.integers(90)), int(random.integers(400))
    found = nearest(mask, row, column)
    if not mask.any():
        assert found is None
        return
    assert found is not None
    assert mask[found]
    rows, columns = np.nonzero(mask)
    least = ((rows - row) ** 2 + (columns - column) ** 2).min()
    assert (found[0] - row) ** 2 + (found[1] - column) ** 2 == least


@pytest.mark.parametrize(("batch", "runs"), [(8, ([3], [3], [3])), (2, ([2], [2], [2, 1]))])
def test_prompts_that_wait_together_are_seen_at_once_and_finished_one_by_one(
    monkeypatch: pytest.MonkeyPatch, batch: int, runs: tuple[list[int], ...]
) -> None:
    mask = ellipse(120, 180, (30, 40, 150, 110))
    seen: list[int] = []
    finished: list[CloseUp] = []

    class Counts(Told):
        def logits(self, inputs: Planes) -> Planes:
            seen.append(len(inputs))
            return super().logits(inputs)

    def counted(whole: Mask, near: CloseUp, logits: Planes) -> float:
        finished.append(near)
        return finish_one(whole, near, logits)

    monkeypatch.setattr("ml.networks.segmenters.crop.finished", counted)
    segmenter = CropSegmenter("told", Counts(seen_as(mask, pointed_at(mask))), batch=batch)
    answers = segmenter.predict_many([(photo_of(mask), pointed_at(mask))] * 3)
    for number in range(1, 4):
        assert iou(next(answers).mask, mask) > 0.96
        assert (seen, len(finished)) == (runs[number - 1], number)


def test_holes_and_several_pieces_are_kept() -> None:
    mask = ellipse(200, 200, (20, 20, 120, 180)) & ~ellipse(200, 200, (50, 70, 90, 130))
    mask |= ellipse(200, 200, (140, 60, 190, 130))
    found = finish(mask, pointed_at(mask))
    assert not found[100, 70]
    assert found[95, 165]
    assert iou(found, mask) > 0.95


def test_specks_and_pinholes_go() -> None:
    mask = ellipse(200, 200, (20, 20, 180, 180))
    dirty = mask.copy()
    dirty[100:102, 100:102] = False
    dirty[10:12, 100:102] = True
    assert np.array_equal(without_specks(dirty, np.array([[100.0, 20.0]])), mask)


def test_a_speck_under_a_point_stays() -> None:
    mask = ellipse(200, 200, (20, 40, 180, 180))
    mask[10:12, 100:102] = True
    assert without_specks(mask, np.array([[100.5, 10.5]]))[10, 100]


def test_the_mask_does_not_leave_the_box() -> None:
    mask = ellipse(200, 200, (50, 50, 150, 150))
    prompt = pointed_at(mask)
    larger = ellipse(200, 200, (35, 35, 165, 165))
    segmenter = CropSegmenter("told", Told(seen_as(larger, prompt)))
    found = segmenter.predict(photo_of(mask), prompt).mask
    assert consistent(found, prompt)
    assert not consistent(larger, prompt)


def test_the_mask_grows_to_points_it_missed_along_what_is_likely() -> None:
    body, limb = ellipse(200, 200, (60, 60, 140, 140)), np.zeros((200, 200), dtype=bool)
    limb[95:101, 135:180] = True
    whole = body | limb
    prompt = pointed_at(whole)
    logits = np.minimum(
        seen_as(whole, prompt), np.where(seen_as(body, prompt) > 0, 4.0, -1.5)
    ).astype(np.float32)
    found = CropSegmenter("told", Told(logits)).predict(photo_of(whole), prompt).mask
    assert consistent(found, prompt)
    assert (found & limb).sum() > 0.7 * limb.sum()
    assert (found & ~whole).sum() < 0.02 * whole.sum()


def test_an_empty_answer_still_touches_the_points() -> None:
    mask = ellipse(100, 100, (20, 20, 80, 80))
    prompt = pointed_at(mask)
    told = Told(np.full((SIZE, SIZE), -9.0, np.float32))
    found = CropSegmenter("told", told).predict(photo_of(mask), prompt).mask
    assert found.any()
    assert consistent(found, prompt)


def corrected(before: Mask, after: Mask, click: Click) -> Mask:
    prompt = pointed_at(before).with_click(click, before)
    return (
        CropSegmenter("told", Told(seen_as(after, prompt))).predict(photo_of(before), prompt).mask
    )


def test_a_click_changes_what_is_near_it_and_nothing_else() -> None:
    before = ellipse(200, 200, (20, 20, 180, 180))
    bite, other = ellipse(200, 200, (130, 80, 180, 120)), ellipse(200, 200, (20, 80, 60, 120))
    found = corrected(before, before & ~bite & ~other, Click(155, 100, positive=False))
    assert not found[100, 155]
    assert (found & bite).sum() < 0.2 * bite.sum()
    assert np.array_equal(found & other, before & other)


@pytest.mark.parametrize("positive", [True, False])
def test_a_click_is_obeyed_even_if_the_network_is_deaf(positive: bool) -> None:
    whole = ellipse(200, 200, (20, 20, 180, 180))
    hole = ellipse(200, 200, (80, 80, 120, 120))
    before = whole & ~hole if positive else whole
    found = corrected(before, before, Click(100, 100, positive))
    assert found[100, 100] is np.bool_(positive)
    assert not disobeyed(found, Click(100, 100, positive))
    assert (found != before).sum() <= hole.sum()


def test_a_positive_click_beyond_the_box_is_reached() -> None:
    mask = ellipse(200, 200, (50, 50, 150, 150))
    found = corrected(mask, mask, Click(158, 100, positive=True))
    assert found[100, 158]


def test_twelve_megapixels_come_back_with_smooth_edges_on_the_pictures_own() -> None:
    mask = ellipse(1500, 2000, (300, 200, 1800, 1300))
    found = finish(mask, pointed_at(mask))
    assert iou(found, mask) > 0.995
    assert boundary_f(found, mask, tolerance=3) > 0.98


def test_edges_are_fitted_to_a_finer_picture() -> None:
    mask = ellipse(900, 900, (100, 100, 800, 800))
    prompt = pointed_at(mask)
    logits = seen_as(np.roll(mask, (3, 3), (0, 1)), prompt)
    window = window_of(prompt.points)
    region = region_of(window, mask.shape)
    size = (region.width, region.height)
    inner = Window(window.left - region.left, window.top - region.top, window.width, window.height)
    plain = at_size(logits, inner, size)
    fitted = fitted_to(photo_of(mask)[region.cut], plain, SIZE)
    truth = mask[region.cut]
    assert boundary_f(fitted > 0, truth, 2) > boundary_f(plain > 0, truth, 2) + 0.1


def test_a_click_on_twelve_megapixels_leaves_the_rest_alone_to_the_pixel() -> None:
    before = ellipse(1500, 2000, (300, 200, 1800, 1300))
    before[::2, 900:904] = False  # what a brush left, finer than the network sees
    bite = ellipse(1500, 2000, (1500, 600, 1800, 900))
    found = corrected(before, before & ~bite, Click(1650, 750, positive=False))
    assert not found[750, 1650]
    assert np.array_equal(found[:, :1400], before[:, :1400])
