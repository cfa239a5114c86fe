"""Mask requests over the API; the worker's part is done in between, in the same process."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from pycocotools import mask as coco
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from labelapp.background import WorkState
from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.services import purge_dataset
from ml.inference.batching import Question, answer_together
from ml.inference.segment import Drawn
from ml.masks import drawing, services, warmth
from ml.masks.models import MaskRequest, MaskWish
from ml.networks.segmenters.protocol import Segmenter
from tests.api.outlining import POINTS, ellipse, photo, prompt
from tests.builders import make_dataset, make_labels
from tests.cast import Cast, client_of
from tests.networks import export_small_lite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("lease_thread_sleeps"),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # pycocotools
]
ASK = "/api/v1/mask-requests/"
SAVEPOINT = 2  # of the transaction, inside that of the test


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ml.masks.waiting.wait_for", lambda request: request.refresh_from_db())


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


@pytest.fixture
def image(dataset: Dataset) -> Image:
    return photo(dataset)


def ask(client: APIClient, image: Image, status: int = 202, **more: Any) -> dict[str, Any]:
    answer = client.post(ASK, prompt(image, **more), format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def drawn(client: APIClient, image: Image, **more: Any) -> dict[str, Any]:
    """Asked for, drawn, and asked for again."""
    asked = ask(client, image, **more)
    drawing.draw(UUID(asked["id"]))
    return ask(client, image, 200, **more)


def state(asked: dict[str, Any]) -> str:
    return MaskRequest.objects.get(pk=asked["id"]).state


def test_four_points_become_a_mask(admin: APIClient, image: Image) -> None:
    asked = ask(admin, image)
    assert (asked["state"], asked["mask"]) == ("queued", None)
    assert asked["url"] == f"{ASK}{asked['id']}/"
    drawing.draw(UUID(asked["id"]))
    found = admin.get(asked["url"]).json()
    assert found["state"] == "done"
    assert found["mask"]["size"] == [90, 120]
    mask = coco.decode(found["mask"]).astype(bool)
    truth = ellipse()
    assert (mask & truth).sum() / (mask | truth).sum() > 0.9
    assert found["area"] == mask.sum()
    assert found["bbox"] == coco.toBbox(found["mask"]).tolist()
    assert 0 < found["score"] <= 1
    assert found["elapsed_ms"] >= 0


def test_the_same_prompt_in_another_order_is_answered_at_once(
    admin: APIClient, image: Image, cast: Cast
) -> None:
    first = drawn(admin, image)
    turned = [[x + 0.02, y] for x, y in [*POINTS[2:], *POINTS[:2]]]
    again = ask(client_of(cast.admin), image, 200, extreme_points=turned)
    assert again["id"] == first["id"]
    assert again["mask"] == first["mask"]
    assert MaskRequest.objects.count() == 1


def test_what_is_drawn_already_costs_three_queries(
    admin: APIClient,
    image: Image,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn(admin, image, object="a")
    monkeypatch.setattr("ml.masks.waiting.wait_for", lambda _request: None)
    with django_assert_num_queries(3 + SAVEPOINT):  # the picture, the mask, the wish
        ask(admin, image, 200, object="a")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"extreme_points": POINTS[:3]}, "not_four_points"),
        ({"extreme_points": [*POINTS, [1, 1]]}, "not_four_points"),
        ({"extreme_points": [[1, 2, 3]] * 4}, "not_four_points"),
        ({"extreme_points": [[1], [1, 2], [3, 4], [5, 6]]}, "not_four_points"),
        ({"extreme_points": [[-1, 5], *POINTS[1:]]}, "point_outside"),
        ({"extreme_points": [[60, 10], [20, 45], [60, 90.5], [100, 45]]}, "point_outside"),
        ({"extreme_points": [[5, 5]] * 4}, "equal_points"),
        ({"extreme_points": [[1, 1], [5, 5], [9, 9], [30, 30]]}, "points_on_a_line"),
        ({"extreme_points": [[10, 10], [11, 10], [10, 11], [11, 11]]}, "box_too_small"),
        ({"positive": [[500, 5]]}, "point_outside"),
        ({"negative": [[5]]}, "point_outside"),
        ({"segmenter": "magic"}, "unknown_segmenter"),
        ({"previous": "00000000-0000-4000-8000-000000000000"}, "unknown_previous"),
    ],
)
def test_each_bad_prompt_has_its_own_refusal(
    admin: APIClient, image: Image, more: dict[str, Any], code: str
) -> None:
    found = ask(admin, image, 400, **more)
    assert found["code"] == code
    assert not MaskRequest.objects.exists()


def test_weights_that_are_missing_are_refused_with_the_place_they_go_to(
    admin: APIClient, image: Image, settings: Settings
) -> None:
    found = ask(admin, image, 409, segmenter="sam-vit-b")
    assert found["code"] == "weights_missing"
    assert str(settings.WEIGHTS_DIR) in found["detail"]


def test_weights_of_another_content_are_refused(
    admin: APIClient, image: Image, settings: Settings, tmp_path: Any
) -> None:
    settings.WEIGHTS_DIR = tmp_path
    (tmp_path / "sam_vit_b_01ec64.pth").write_bytes(b"something else")
    found = ask(admin, image, 409, segmenter="sam-vit-b")
    assert found["code"] == "weights_wrong_hash"


def test_a_mask_of_another_picture_or_one_not_drawn_is_nothing_to_go_on_from(
    admin: APIClient, image: Image, dataset: Dataset
) -> None:
    other = drawn(admin, photo(dataset, 60, 120), extreme_points=[[x, y / 2] for x, y in POINTS])
    assert ask(admin, image, 400, previous=other["id"])["code"] == "previous_of_another_image"
    waiting = ask(admin, image)
    assert ask(admin, image, 409, previous=waiting["id"])["code"] == "previous_not_done"


def test_a_click_goes_on_from_the_mask_before(admin: APIClient, image: Image) -> None:
    first = drawn(admin, image)
    second = drawn(admin, image, previous=first["id"], negative=[[60, 45]])
    third = drawn(admin, image, previous=second["id"], negative=[[60, 45]], positive=[[30, 45]])
    kept = MaskRequest.objects.get(pk=third["id"]).prompt["clicks"]
    assert kept == [[60.0, 45.0, False], [30.0, 45.0, True]]
    assert coco.decode(first["mask"])[45, 60] == 1
    assert coco.decode(second["mask"])[45, 60] == 0
    assert coco.decode(third["mask"])[45, 30] == 1


def test_a_picture_that_cannot_be_decoded_ends_as_failed_with_the_reason(
    admin: APIClient, dataset: Dataset
) -> None:
    image = photo(dataset, 91, 121)  # one that no worker has in memory
    asked = ask(admin, image)
    assert image.blob is not None
    path = Path(storages["pictures"].path(image.blob.storage_name))
    path.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    drawing.draw(UUID(asked["id"]))
    found = admin.get(asked["url"]).json()
    assert (found["state"], found["error_code"]) == ("failed", "picture_unreadable")
    assert found["mask"] is None
    # Asked again, it is tried again.
    assert ask(admin, image)["id"] == asked["id"]
    assert state(asked) == WorkState.QUEUED


def test_a_newer_prompt_for_the_object_cancels_the_older(admin: APIClient, image: Image) -> None:
    older = ask(admin, image, object="a")
    newer = ask(admin, image, object="a", positive=[[60, 45]])
    assert (state(older), state(newer)) == ("cancelled", "queued")
    assert "newer prompt" in admin.get(older["url"]).json()["message"]
    again = ask(admin, image, object="a")
    assert again["id"] == older["id"]
    assert (state(older), state(newer)) == ("queued", "cancelled")


def test_it_is_not_cancelled_while_somebody_else_waits_for_it(
    admin: APIClient, image: Image, cast: Cast
) -> None:
    shared = ask(admin, image, object="a")
    ask(admin, image, object="b")
    ask(admin, image, object="a", positive=[[60, 45]])
    assert state(shared) == "queued"
    ask(admin, image, object="b", positive=[[60, 45]])
    assert state(shared) == "cancelled"
    nameless = ask(admin, image)
    assert nameless["id"] == shared["id"]
    ask(admin, image, object="a")
    ask(admin, image, object="a", positive=[[60, 40]])
    assert state(shared) == "queued"


def test_one_that_waits_is_told_how_many_come_before_it(admin: APIClient, image: Image) -> None:
    asked = [ask(admin, image, positive=[[50 + n, 45]]) for n in range(3)]
    assert [one["ahead"] for one in asked] == [0, 1, 2]
    assert MaskRequest.objects.get(pk=asked[0]["id"]).claim()
    drawing.draw(UUID(asked[1]["id"]))
    ahead = [admin.get(one["url"]).json()["ahead"] for one in asked]
    assert ahead == [0, None, None]


def test_a_worker_whose_request_was_cancelled_writes_nothing(
    admin: APIClient, image: Image
) -> None:
    older = ask(admin, image, object="a")
    row = MaskRequest.objects.get(pk=older["id"])
    assert row.claim()
    ask(admin, image, object="a", positive=[[60, 45]])
    ((_, answer),) = drawing._answers([row])
    drawing._settle(row, answer)
    row.refresh_from_db()
    assert (row.state, row.counts) == ("cancelled", "")


def test_requests_that_wait_together_are_drawn_together(
    admin: APIClient, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(segmenter: Segmenter, questions: list[Question]) -> Iterator[Drawn]:
        sizes.append(len(questions))
        return answer_together(segmenter, questions)

    monkeypatch.setattr(drawing, "answer_together", counted)
    asked = [ask(admin, image, positive=[[50 + n, 45]]) for n in range(10)]
    for one in asked:
        drawing.draw(UUID(one["id"]))
    assert sizes == [8, 2]
    assert {state(one) for one in asked} == {"done"}


def test_each_that_waited_is_written_and_told_before_the_next_is_finished(
    admin: APIClient, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [ask(admin, image, positive=[[50 + n, 45]]) for n in range(3)]
    told: list[UUID] = []
    waiting_at_each: list[tuple[int, int]] = []

    def watched(segmenter: Segmenter, questions: list[Question]) -> Iterator[Drawn]:
        for mask in answer_together(segmenter, questions):
            left = MaskRequest.objects.filter(state=WorkState.RUNNING).count()
            waiting_at_each.append((left, len(told)))
            yield mask

    monkeypatch.setattr(drawing, "answer_together", watched)
    monkeypatch.setattr(drawing, "announce", told.extend)
    drawing.draw(UUID(asked[0]["id"]))
    assert waiting_at_each == [(3, 0), (2, 1), (1, 2)]
    assert [str(pk) for pk in told] == [one["id"] for one in asked]


def test_what_is_refused_does_not_wait_for_what_is_drawn(
    admin: APIClient, image: Image, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = photo(dataset, 60, 120)
    asked = [
        ask(admin, image),
        ask(admin, gone, extreme_points=[[x, y / 2] for x, y in POINTS]),
    ]
    Image.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    told: list[UUID] = []
    monkeypatch.setattr(drawing, "announce", told.extend)
    drawing.draw(UUID(asked[0]["id"]))
    assert [str(pk) for pk in told] == [asked[1]["id"], asked[0]["id"]]
    assert state(asked[0]) == "done"


def test_the_default_segmenter_is_loaded_once_and_draws_from_its_files(
    admin: APIClient, image: Image, settings: Settings, tmp_path: Path
) -> None:
    settings.WEIGHTS_DIR = tmp_path
    export_small_lite(tmp_path)
    drawing.loaded.cache_clear()
    drawing.start_warm()
    used = services.usable_segmenter("")
    asked = [ask(admin, image, segmenter="", positive=[[50 + n, 45]]) for n in range(3)]
    drawing.draw(UUID(asked[0]["id"]))
    found = [admin.get(one["url"]).json() for one in asked]
    assert {(one["state"], one["version"]) for one in found} == {("done", used.version)}
    for one in found:
        assert one["area"] == coco.area(one["mask"]) > 0
    assert drawing.loaded.cache_info().misses == 1


def test_one_that_was_tried_before_is_drawn_alone(
    admin: APIClient, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, beside = ask(admin, image), ask(admin, image, positive=[[60, 45]])
    row = MaskRequest.objects.get(pk=tried["id"])
    assert row.claim()
    past = timezone.now() - timedelta(seconds=1)
    MaskRequest.objects.filter(pk=row.pk).update(lease_until=past)
    drawing.draw(row.pk)
    assert (state(tried), state(beside)) == ("done", "queued")


def test_a_labeler_asks_only_on_pictures_that_were_dealt_to_them(
    cast: Cast, dataset: Dataset
) -> None:
    (label,) = make_labels(dataset, ["0.5"])
    ana = client_of(cast.ana)
    assert ana.post(ASK, prompt(label.image), format="json").status_code == 404
    assert ana.post(f"/api/v1/images/{label.image_id}/warm/").status_code == 404
    asked = ask(client_of(cast.admin), label.image)
    assert ana.get(asked["url"]).status_code == 404
    assert client_of(cast.analyst).get(asked["url"]).status_code == 200


def test_warming_a_picture_is_a_bell_and_the_worker_says_when_it_is_ready(
    admin: APIClient, image: Image
) -> None:
    address = f"/api/v1/images/{image.pk}/warm/"
    answer = admin.post(address, {"segmenter": "grabcut"}, format="json")
    assert answer.status_code == 202
    before = admin.get(address, {"segmenter": "grabcut"}).json()
    assert before == {"state": "preparing", "elapsed_ms": None, "message": ""}
    used = services.usable_segmenter("grabcut")
    drawing.warm(image.pk, used.name, used.version)
    held = drawing.drawer(used.name, used.version).pictures.pictures
    assert image.blob_id in held
    after = admin.get(address, {"segmenter": "grabcut"}).json()
    assert (after["state"], after["message"]) == ("ready", "")
    assert after["elapsed_ms"] >= 0
    admin.post(address, {"segmenter": "grabcut"}, format="json")
    assert admin.get(address, {"segmenter": "grabcut"}).json() == before


def test_a_picture_that_cannot_be_got_ready_says_why(admin: APIClient, image: Image) -> None:
    used = services.usable_segmenter("grabcut")
    drawing.warm(image.pk, used.name, "weights of yesterday")
    yesterday = warmth.told(image.pk, "weights of yesterday")
    assert yesterday.state == "failed"
    assert "changed meanwhile" in yesterday.message
    assert warmth.told(image.pk, used.version).state == "preparing"
    refused = admin.get(f"/api/v1/images/{image.pk}/warm/", {"segmenter": "sam-vit-h"})
    assert (refused.status_code, refused.json()["code"]) == (409, "weights_missing")


def test_the_list_of_segmenters_says_which_can_be_used(admin: APIClient) -> None:
    found = {one["name"]: one for one in admin.get("/api/v1/segmenters/").json()["results"]}
    assert found["grabcut"]["available"]
    assert not found["sam-vit-h"]["available"]
    assert "sam_vit_h_4b8939.pth" in found["sam-vit-h"]["reason"]
    assert found["dextr-lite"]["default"]


def test_an_erased_picture_is_refused_also_from_memory(admin: APIClient, image: Image) -> None:
    drawn(admin, image)
    waiting = ask(admin, image, positive=[[60, 45]])
    admin.delete(f"/api/v1/images/{image.pk}/")
    assert ask(admin, image, 410)["code"] == "picture_erased"
    drawing.draw(UUID(waiting["id"]))
    assert admin.get(waiting["url"]).json()["error_code"] == "picture_erased"


def test_masks_go_with_their_dataset_and_with_age(
    admin: APIClient, image: Image, dataset: Dataset
) -> None:
    drawn(admin, image, object="a")
    MaskRequest.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert services.forget_old() == 2  # and the wish for it
    drawn(admin, image, object="a")
    purge_dataset(dataset=dataset)
    assert not MaskRequest.objects.exists()
    assert not MaskWish.objects.exists()
