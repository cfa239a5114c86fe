"""Labels that come with the four outermost points of their object."""

import json

import pytest

from labelapp.catalog.models import Label
from tests.api.importing import bring
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


def test_four_outermost_points_are_taken_with_the_box_that_they_span(cast: Cast) -> None:
    points = [[60, 80], [20, 45], [60.5, 10], [100, 45]]
    kept = {"points": [[60.5, 10], [20, 45], [100, 45], [60, 80]], "box": [20, 10, 80, 70]}
    lines = [
        {"image": "a.jpg", "label": "Crab", "extreme_points": points},
        {"image": "a.jpg", "label": "Crab", "points": points[::-1]},
        {"image": "b.jpg", "labels": [{"label": "Crab", "points": points}, {"label": "Cat"}]},
        {"image": "c.jpg", "label": "Crab", "points": points[:3]},
        {"image": "d.jpg", "label": "Crab", "extreme_points": points[:3]},
        {"image": "d.jpg", "label": "Crab", "extreme_points": [*points[:3], [1, None]]},
        {"image": "d.jpg", "label": "Crab", "extreme_points": [[1, y] for y in range(4)]},
    ]
    file = ("points.jsonl", "\n".join(map(json.dumps, lines)))
    admin, dataset = client_of(cast.admin), make_dataset()
    found = bring(admin, dataset, file=file, missing_images="reference")
    assert found["counts"]["labels"] == 4, found
    assert [one["code"] for one in found["problems"]] == ["duplicate"] + ["bad_points"] * 3
    assert Label.objects.get(image__ref="a.jpg").region == kept
    assert Label.objects.get(image__ref="b.jpg", label_class__name="Crab").region == kept
    plain = Label.objects.get(image__ref="c.jpg")
    assert (plain.region, plain.extra) == ({}, {"points": points[:3]})
