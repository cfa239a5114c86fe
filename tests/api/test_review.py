"""The life of a batch through the API: claim, draft, submit, reopen, and every refusal."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from labelapp.accounts.models import User
from qa.jobs.models import Assignment, Job
from qa.jobs.services import close_job, pause_job, reopen_job
from qa.verification.models import Item, Verdict, VerdictHistory
from qa.verification.verify import differences
from tests.api.reviewing import Reviewer, all_of
from tests.builders import make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def reviewer(person: User, job: Job) -> Reviewer:
    return Reviewer(client_of(person), job.pk)


def overdue(assignment_id: str) -> None:
    Assignment.objects.filter(pk=assignment_id).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_it_works(cast: Cast) -> None:
    job = make_running_job(30)
    ana = reviewer(cast.ana, job)
    claim = ana.claim()
    assert claim["progress"] == {"batch_number": 1, "batches": 2, "judged": 0, "items": 30}
    answer = ana.submit(claim["assignment"])
    assert answer["state"] == "submitted"
    assert answer["counts"] == {"confirm": 25, "disconfirm": 0, "unsure": 0}
    claim = ana.claim()
    assert claim["progress"] == {"batch_number": 2, "batches": 2, "judged": 25, "items": 30}
    ana.submit(claim["assignment"], "disconfirm")
    assert ana.claim()["reason"] == "finished"
    assert differences() == []


def test_what_a_labeler_is_dealt_holds_no_path_and_no_confidence(cast: Cast) -> None:
    job = make_running_job(3)
    tile = reviewer(cast.ana, job).take()["items"][0]
    assert set(tile) == {"id", "position", "thumb_url", "full_url", "width", "height"}


def test_an_empty_claim_resumes_and_holding_looks_ahead(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(120))
    first = ana.take()
    assert ana.take()["id"] == first["id"]
    second = ana.take(first["id"])
    third = ana.take(first["id"], second["id"])
    assert len({first["id"], second["id"], third["id"]}) == 3
    refused = ana.post(
        f"jobs/{ana.job_id}/claim/", {"holding": [first["id"], second["id"], third["id"]]}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_open")
    assert ana.take(second["id"])["id"] == first["id"]


def test_two_reviewers_each_get_every_batch_once(cast: Cast) -> None:
    job = make_running_job(60, reviewers_per_item=2)
    ana, ben = reviewer(cast.ana, job), reviewer(cast.ben, job)
    assert len(ana.work("confirm")) == 3
    assert ana.claim()["reason"] == "done_for_you"
    assert len(ben.work("disconfirm")) == 3
    assert ben.claim()["reason"] == "finished"
    assert set(Item.objects.values_list("outcome", flat=True)) == {"split"}
    assert differences() == []


def test_all_dealt_says_when_a_batch_may_come_back(cast: Cast) -> None:
    job = make_running_job(10)
    held = reviewer(cast.ana, job).take()
    answer = reviewer(cast.ben, job).claim()
    assert (answer["reason"], answer["available_at"]) == ("all_dealt", held["lease_expires_at"])
    assert answer["assignment"] is None


def test_an_expired_batch_is_dealt_before_a_new_one_and_its_marks_stay_readable(cast: Cast) -> None:
    job = make_running_job(100)
    ana, ben = reviewer(cast.ana, job), reviewer(cast.ben, job)
    lost = ana.take()
    ana.draft(lost, all_of(lost, "disconfirm"), 1)
    overdue(lost["id"])
    taken = ben.take()
    assert {item["id"] for item in taken["items"]} == {item["id"] for item in lost["items"]}
    assert taken["draft"] is None
    refused = ana.send(lost, all_of(lost))
    assert (refused.status_code, refused.json()["code"]) == (409, "lease_lost")
    kept = ana.client.get(f"/api/v1/assignments/{lost['id']}/").json()
    assert kept["state"] == "expired"
    assert set(kept["draft"]["verdicts"].values()) == {"confirm"}
    assert differences() == []


def test_a_submit_after_expiry_counts_while_the_place_is_free(cast: Cast) -> None:
    job = make_running_job(10)
    ana = reviewer(cast.ana, job)
    held = ana.take()
    overdue(held["id"])
    assert reviewer(cast.ben, make_running_job(5)).take()
    assert ana.submit(held)["state"] == "submitted"
    assert differences() == []


def test_a_batch_that_comes_back_to_the_same_person_brings_its_marks(cast: Cast) -> None:
    job = make_running_job(10)
    ana = reviewer(cast.ana, job)
    held = ana.take()
    ana.draft(held, {held["items"][0]["id"]: "disconfirm"}, 4)
    assert ana.post(f"assignments/{held['id']}/release/").status_code == 200
    again = ana.take()
    assert again["id"] != held["id"]
    assert again["draft"]["verdicts"] == {held["items"][0]["id"]: "disconfirm"}
    assert again["draft"]["revision"] == 4


def test_a_draft_comes_back_and_an_older_revision_is_refused(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(5))
    held = ana.take()
    item = held["items"][0]["id"]
    assert ana.draft(held, {item: "disconfirm"}, 2).status_code == 204
    assert ana.draft(held, {item: "disconfirm"}, 2).status_code == 204
    stale = ana.draft(held, {item: "unsure"}, 1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_draft")
    assert stale.json()["draft"]["verdicts"] == {item: "disconfirm"}
    other_tab = ana.draft(held, {item: "unsure"}, 2, client="other tab")
    assert other_tab.json()["code"] == "stale_draft"
    assert ana.take()["draft"]["verdicts"] == {item: "disconfirm"}


def test_a_draft_that_names_a_foreign_item_is_refused_whole(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(5))
    refused = ana.draft(ana.take(), {str(uuid.uuid4()): "confirm"}, 1)
    assert (refused.status_code, refused.json()["code"]) == (400, "foreign_items")
    assert ana.take()["draft"] is None


def test_the_same_key_again_answers_the_first_answer(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(5))
    held = ana.take()
    first = ana.send(held, all_of(held), "key-1")
    second = ana.send(held, all_of(held), "key-1")
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Verdict.objects.count() == 5
    other_body = ana.send(held, all_of(held, "disconfirm"), "key-1")
    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency_key_reused")
    other_key = ana.send(held, all_of(held), "key-2")
    assert (other_key.status_code, other_key.json()["code"]) == (409, "already_submitted")


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_submit_needs_a_key_of_1_to_200_characters(cast: Cast, key: str) -> None:
    ana = reviewer(cast.ana, make_running_job(5))
    held = ana.take()
    refused = ana.post(f"assignments/{held['id']}/submit/", {"verdicts": all_of(held)}, key)
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_missing")


def test_an_incomplete_or_foreign_list_is_refused_whole(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(5))
    held = ana.take()
    verdicts = all_of(held)
    left_out = verdicts.popitem()[0]
    missing = ana.send(held, verdicts)
    assert (missing.status_code, missing.json()["code"]) == (400, "verdicts_missing")
    assert list(missing.json()["errors"]) == [left_out]
    foreign = ana.send(held, {**all_of(held), str(uuid.uuid4()): "confirm"})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "foreign_items")
    odd = ana.send(held, all_of(held, "maybe"))
    assert odd.status_code == 400
    assert Verdict.objects.count() == 0
    assert differences() == []


def test_unsure_is_refused_where_it_is_not_offered_unless_the_picture_did_not_load(
    cast: Cast,
) -> None:
    ana = reviewer(cast.ana, make_running_job(2, allow_unsure=False))
    held = ana.take()
    refused = ana.send(held, all_of(held, "unsure"))
    assert (refused.status_code, refused.json()["code"]) == (400, "unsure_not_allowed")
    unreadable = {"value": "unsure", "note": "unreadable"}
    assert ana.send(held, all_of(held, lambda _: unreadable)).status_code == 200
    assert set(Verdict.objects.values_list("note", flat=True)) == {"unreadable"}


def test_reopening_replaces_the_verdicts_and_moves_the_counts_by_the_difference(cast: Cast) -> None:
    job = make_running_job(3)
    ana = reviewer(cast.ana, job)
    sent = ana.take()
    ana.submit(sent)
    opened = ana.post(f"assignments/{sent['id']}/reopen/").json()
    assert set(opened["draft"]["verdicts"].values()) == {"confirm"}
    assert Item.objects.filter(outcome="confirmed").count() == 3
    ana.submit(opened, "disconfirm")
    assert Item.objects.filter(outcome="disconfirmed", disconfirm_count=1).count() == 3
    assert VerdictHistory.objects.filter(value="confirm").count() == 3
    assert ana.claim()["progress"]["judged"] == 3
    assert differences() == []


def test_a_batch_can_be_reopened_only_by_its_own_reviewer_after_a_submit(cast: Cast) -> None:
    job = make_running_job(3)
    ana = reviewer(cast.ana, job)
    held = ana.take()
    assert ana.post(f"assignments/{held['id']}/reopen/").json()["code"] == "not_submitted"
    ana.submit(held)
    stranger = reviewer(cast.ben, job).post(f"assignments/{held['id']}/reopen/")
    assert stranger.status_code == 404


def test_a_paused_job_deals_nothing_new_and_takes_held_batches(cast: Cast) -> None:
    job = make_running_job(60)
    ana = reviewer(cast.ana, job)
    held = ana.take()
    pause_job(person=cast.admin, job_id=job.pk)
    assert ana.claim(held["id"])["reason"] == "paused"
    assert ana.take()["id"] == held["id"]
    ana.submit(held)
    assert ana.claim()["reason"] == "paused"


def test_a_closed_job_keeps_the_marks_and_a_reopened_one_puts_them_back(cast: Cast) -> None:
    job = make_running_job(3)
    ana = reviewer(cast.ana, job)
    held = ana.take()
    close_job(person=cast.admin, job_id=job.pk)
    refused = ana.send(held, all_of(held, "disconfirm"))
    assert (refused.status_code, refused.json()["code"]) == (409, "job_closed")
    assert ana.claim()["reason"] == "closed"
    overdue(held["id"])
    reopen_job(person=cast.admin, job_id=job.pk)
    back = ana.take()
    assert back["id"] == held["id"]
    assert set(back["draft"]["verdicts"].values()) == {"disconfirm"}
    ana.submit(back, "disconfirm")
    assert differences() == []


def test_it_stays_with_a_class_until_it_is_done(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.5"] * 60, label_class="lobster")
    job = make_running_job(60, dataset=dataset)
    ana, ben = reviewer(cast.ana, job), reviewer(cast.ben, job)
    seen = []
    ben.take()
    while (held := ana.claim()["assignment"]) is not None:
        seen.append(held["label_class"]["name"])
        ana.submit(held)
    assert seen == ["crab", "crab", "lobster", "lobster", "lobster"]


def test_taking_a_batch_back_leaves_its_marks_readable(cast: Cast) -> None:
    job = make_running_job(3)
    ana, ben = reviewer(cast.ana, job), reviewer(cast.ben, job)
    held = ana.take()
    ana.draft(held, all_of(held, "disconfirm"), 1)
    assert reviewer(cast.ben, job).post(f"assignments/{held['id']}/release/").status_code == 404
    taken_back = client_of(cast.admin).post(f"/api/v1/assignments/{held['id']}/release/")
    assert taken_back.json()["state"] == "released"
    assert ben.take()
    lost = ana.draft(held, all_of(held), 2)
    assert (lost.status_code, lost.json()["code"]) == (409, "lease_lost")
    kept = ana.client.get(f"/api/v1/assignments/{held['id']}/").json()
    assert set(kept["draft"]["verdicts"].values()) == {"confirm"}


def test_a_heartbeat_renews_all_open_batches_of_the_job(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(60))
    first = ana.take()
    second = ana.take(first["id"])
    overdue(second["id"])
    answer = ana.post("assignments/heartbeat/", {"ids": [first["id"]]}).json()
    assert [one["id"] for one in answer["assignments"]] == [first["id"]]
    assert Assignment.objects.get(pk=second["id"]).lease_expires_at > timezone.now()


def test_a_look_at_the_confidence_is_recorded_with_the_verdict(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(2))
    held = ana.take()
    item = held["items"][0]["id"]
    answer = ana.client.get(f"/api/v1/items/{item}/confidence/")
    assert answer.json()["confidence"] is not None
    ana.submit(held)
    assert list(Verdict.objects.filter(looked=True).values_list("item", flat=True)) == [
        uuid.UUID(item)
    ]
    other = reviewer(cast.ben, make_running_job(2))
    assert other.client.get(f"/api/v1/items/{item}/confidence/").status_code == 404


def test_somebody_elses_batch_is_not_there(cast: Cast) -> None:
    job = make_running_job(3)
    held = reviewer(cast.ana, job).take()
    ben = reviewer(cast.ben, job)
    assert ben.send(held, all_of(held)).status_code == 404
    assert ben.draft(held, {}, 1).status_code == 404
    assert ben.client.get(f"/api/v1/assignments/{held['id']}/").status_code == 404


@pytest.mark.parametrize("body", ["{", "[]", '{"verdicts": 5, "revision": "x", "holding": 5}'])
def test_who_may_not_see_a_batch_hears_404_whatever_they_send(cast: Cast, body: str) -> None:
    job = make_running_job(5, team=cast.red)
    ana = reviewer(cast.ana, job)
    held = ana.take()["id"]
    stranger = client_of(cast.ben)
    for method, path in [
        ("post", f"jobs/{job.pk}/claim/"),
        ("put", f"assignments/{held}/draft/"),
        ("post", f"assignments/{held}/submit/"),
    ]:
        send = getattr(stranger, method)
        answer = send(f"/api/v1/{path}", data=body, content_type="application/json")
        assert answer.status_code == 404, (path, answer.json())
    answer = stranger.post(f"/api/v1/assignments/{held}/submit/", {"verdicts": {}}, format="json")
    assert answer.status_code == 404, "without an Idempotency-Key"
    assert ana.post(f"assignments/{held}/submit/", {"verdicts": 5}).status_code == 400


@pytest.mark.parametrize(
    "mark",
    ["zzz", 5, None, ["confirm"], {"note": "x"}, {"value": "confirm", "note": 5}]
    + [{"value": "confirm", "note": note} for note in ("x" * 2001, "a\0")],
)
def test_a_mark_that_cannot_be_read_is_refused_in_drafts_and_submits(cast: Cast, mark: Any) -> None:
    ana = reviewer(cast.ana, make_running_job(2))
    held = ana.take()
    verdicts = all_of(held) | {held["items"][0]["id"]: mark}
    text = json.dumps({"verdicts": verdicts, "revision": 1, "client": "tab"})
    sent: dict[str, Any] = {"data": text, "content_type": "application/json"}
    draft = ana.client.put(f"/api/v1/assignments/{held['id']}/draft/", **sent)
    path = f"/api/v1/assignments/{held['id']}/submit/"
    for refused in (draft, ana.client.post(path, headers={"Idempotency-Key": "key"}, **sent)):
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
        assert held["items"][0]["id"] in str(refused.json()["errors"])
    assert ana.take()["draft"] is None


def test_numbers_that_no_column_holds_are_refused(cast: Cast) -> None:
    ana = reviewer(cast.ana, make_running_job(2))
    held = ana.take()
    assert ana.draft(held, {}, 2**63).status_code == 400
    assert ana.draft(held, {}, 1, active_ms=10**30).status_code == 400
    body = {"verdicts": all_of(held), "active_ms": 10**30}
    assert ana.post(f"assignments/{held['id']}/submit/", body, "key").status_code == 400
