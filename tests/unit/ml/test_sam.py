"""Segment Anything through its own package, with a tiny network of its classes and random weights.

The public weights cannot be had here, so what is tried is the way in and out, not the quality.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from ml.networks.crops import Picture
from ml.networks.prompts import Click, Mask
from ml.networks.segmenters.sam import Sam, best_of, disagreement, marks, segment_anything
from ml.networks.segmenters.torchvision_parts import PARTS, batched_nms, stand_in
from ml.training.measures import consistent

from .pictures import ellipse, photo_of, pointed_at


def tiny_model() -> Any:
    torch.manual_seed(0)
    segment_anything()
    from segment_anything import modeling

    return modeling.Sam(
        image_encoder=modeling.ImageEncoderViT(
            depth=2,
            embed_dim=32,
            img_size=128,
            num_heads=2,
            patch_size=16,
            out_chans=32,
            norm_layer=partial(torch.nn.LayerNorm, eps=1e-6),
            use_rel_pos=True,
            global_attn_indexes=(1,),
            window_size=4,
        ),
        prompt_encoder=modeling.PromptEncoder(
            embed_dim=32, image_embedding_size=(8, 8), input_image_size=(128, 128), mask_in_chans=4
        ),
        mask_decoder=modeling.MaskDecoder(
            num_multimask_outputs=3,
            transformer_dim=32,
            transformer=modeling.TwoWayTransformer(
                depth=1, embedding_dim=32, mlp_dim=32, num_heads=2
            ),
        ),
    )


@pytest.fixture(scope="module")
def sam() -> Sam:
    return Sam("sam-tiny", tiny_model())


@pytest.fixture
def ball() -> Mask:
    return ellipse(90, 140, (30, 20, 110, 80))


def test_it_answers_at_the_pictures_size_and_touches_the_points(sam: Sam, ball: Mask) -> None:
    prompt = pointed_at(ball)
    answer = sam.predict(photo_of(ball), prompt)
    assert answer.mask.shape == ball.shape
    assert consistent(answer.mask, prompt)
    assert 0 <= answer.score <= 1


def test_it_embeds_a_picture_once(sam: Sam, ball: Mask, monkeypatch: pytest.MonkeyPatch) -> None:
    picture, embedded = photo_of(ball, 5), []
    whole = sam.predictor.set_image

    def count_and_embed(image: Picture) -> None:
        embedded.append(1)
        whole(image)

    monkeypatch.setattr(sam.predictor, "set_image", count_and_embed)
    sam.warm(picture)
    first = sam.predict(picture, pointed_at(ball))
    sam.predict(photo_of(ball, 6), pointed_at(ball))
    again = sam.predict(picture, pointed_at(ball))
    assert len(embedded) == 2
    assert np.array_equal(first.mask, again.mask)


def test_threads_that_share_it_get_each_the_answer_to_its_own_picture(
    sam: Sam, monkeypatch: pytest.MonkeyPatch
) -> None:
    balls = [ellipse(90, 140, (30, 20, 110, 80)), ellipse(120, 60, (5, 30, 50, 90))]
    asked = [(photo_of(ball), pointed_at(ball)) for ball in balls]
    alone = [sam.predict(*one).mask for one in asked]
    really = sam.predictor.predict

    def slow(**given: Any) -> Any:
        time.sleep(0.02)  # long enough for another thread to change the current picture
        return really(**given)

    monkeypatch.setattr(sam.predictor, "predict", slow)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: sam.predict(*one).mask, asked * 4))
    for mask, right in zip(found, alone * 4, strict=True):
        assert np.array_equal(mask, right)


def test_it_obeys_a_click_and_takes_the_mask_so_far(sam: Sam, ball: Mask) -> None:
    prompt = pointed_at(ball).with_click(Click(70, 50, positive=False), ball)
    plane = sam.mask_so_far(prompt) if sam.predictor.is_image_set else None
    answer = sam.predict(photo_of(ball), prompt)
    assert not answer.mask[50, 70]
    assert plane is None or plane.shape == (1, 32, 32)
    places, kinds = marks(prompt)
    assert places.shape == (5, 2)
    assert kinds.tolist() == [1, 1, 1, 1, 0]


def test_of_three_answers_it_takes_the_one_that_fits_the_points(ball: Mask) -> None:
    prompt = pointed_at(ball)
    part, too_much = ellipse(90, 140, (50, 40, 80, 60)), np.ones_like(ball)
    logits = np.stack([np.where(mask, 5.0, -5.0) for mask in (part, ball, too_much)]).astype(
        np.float32
    )
    assert best_of(logits, np.array([0.9, 0.5, 0.95], np.float32), prompt) == 1
    assert disagreement(np.zeros_like(ball), prompt) == float("inf")


def test_boxes_that_overlap_a_better_one_are_left_out() -> None:
    boxes = torch.tensor([[0.0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30], [0, 0, 10, 10]])
    scores, kinds = torch.tensor([0.8, 0.9, 0.1, 0.7]), torch.tensor([0, 0, 0, 1])
    assert batched_nms(boxes, scores, kinds, 0.5).tolist() == [1, 3, 2]
    assert batched_nms(boxes[:0], scores[:0], kinds[:0], 0.5).tolist() == []


def test_it_stands_in_where_torchvision_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ml.networks.segmenters.torchvision_parts.find_spec", lambda _: None)
    modules: dict[str, ModuleType] = {}
    stand_in(modules)
    assert set(modules) == set(PARTS)
    assert modules["torchvision.ops.boxes"].batched_nms is batched_nms


def test_it_leaves_an_installed_torchvision_alone() -> None:
    mine = {"torchvision": ModuleType("torchvision")}
    stand_in(mine)
    assert list(mine) == ["torchvision"]
