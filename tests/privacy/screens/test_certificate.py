"""The page that proves an erasure: what went, what stays, who was told, signed; whose it was is nowhere on it."""

import json
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from privacy import actions
from privacy.actions.disclosure_notices import settle_notice
from privacy.models import Erasure, RecipientNotice
from privacy.queries import certificate_of
from privacy.signing import is_signed, own_public_key
from tests.toy.factories import house
from tests.toy.personal_data import LAW

OSLO = ZoneInfo("Europe/Oslo")
CANARY = "Kanarikari"


@pytest.fixture
def guest(db, frozen_day, bring):
    """Somebody with a bill the law keeps and something shared."""
    frozen_day("2026-03-01")
    someone = house("kanarikari@gjest.example", word=CANARY)
    payload = {"email": someone.email}
    actions.log_disclosure(someone.subject, recipient=bring, payload=payload, activity="accounts", by=None)
    return someone


def hold(someone, until=date(2026, 5, 31)):
    reason = f"{CANARY} still owes us something"
    actions.place_hold(
        someone.bill, subject=someone.subject, ground="statutory", law=LAW, reason=reason, until=until, by=None
    )


def erased(someone):
    return actions.carry_out(actions.request_erasure(someone.subject, cause="request", by=None))


def page(client, erasure, language="en"):
    client.cookies["language"] = language
    return client.get(f"/privacy/erased/{erasure.pk}/")


def test_it_says_what_went_what_stays_and_why_and_follows_until_it_is_gone(guest, client, frozen_day):
    hold(guest)
    erasure = erased(guest)
    text = page(client, erasure).content.decode()
    assert (
        "Everything is deleted except what a law keeps for now." in text
        and "key is destroyed" not in text
        and "1 March 2026" in text
    )
    assert "Guests (1)" in text and f"Bills (1): until 31 May 2026 ({LAW})" in text
    assert "1 file was deleted with all its versions" in text
    assert "gone on 5 April 2026" in text
    assert "Postbudet AS: to be told" in text and "Postboks 458 Sentrum" in text
    frozen_day("2026-06-01")
    settle_notice(RecipientNotice.objects.get(), told=True, by=None)
    assert actions.resume_waiting(as_of=datetime(2026, 6, 1, 12, tzinfo=OSLO)) == {"resumed": 1}
    text = page(client, erasure).content.decode()
    assert (
        "Finished" in text
        and "because the key is destroyed" in text
        and "Bills (1)" in text
        and "until 31 May 2026" not in text
    )
    assert "Postbudet AS: told on 1 June 2026" in text and "gone on 6 July 2026" in text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_nothing_on_it_says_whose_it_was(guest, client, language):
    hold(guest)
    erasure = erased(guest)
    for answer in (page(client, erasure, language), client.get(f"/privacy/erased/{erasure.pk}/certificate.json")):
        text = answer.content.decode()
        assert erasure.pk.hex[:8] in text
        for secret in (CANARY, "gjest.example", str(guest.subject.pk), str(guest.bill.pk), "owes us"):
            assert secret.lower() not in text.lower()


def test_norwegian(guest, client):
    text = page(client, erased(guest), "nb").content.decode()
    assert "Bekreftelse på sletting" in text and "Slik kontrollerer du dette" in text
    assert "5. april 2026" in text and "skal få beskjed" in text


def test_the_file_can_be_checked_by_anyone_and_a_changed_one_is_not_ours(guest, client):
    answer = client.get(f"/privacy/erased/{erased(guest).pk}/certificate.json")
    assert "attachment" in answer["Content-Disposition"] and answer["Content-Type"] == "application/json"
    found = json.loads(answer.content)
    proof = {"signature": found["signature"], "public_key": found["public_key"]}
    assert found["public_key"] == own_public_key() and found["algorithm"] == "Ed25519"
    assert json.loads(found["signed_text"]) == found["certificate"]
    assert is_signed(found["signed_text"].encode(), **proof)
    assert not is_signed(found["signed_text"].replace('"files": 1', '"files": 2').encode(), **proof)
    assert found["certificate"]["backups_gone_on"] == "2026-04-05"
    assert set(found["certificate"]["controller"]) == {"name", "address", "email", "url"}


def test_before_it_is_carried_out_it_says_so(guest, client):
    erasure = actions.request_erasure(guest.subject, cause="request", by=None)
    text = page(client, erasure).content.decode()
    assert "Under way" in text and "Nothing has been deleted yet." in text and "Backups" not in text
    assert certificate_of(erasure.pk, now=timezone.now()).content["carried_out_on"] is None


def test_a_hold_without_an_end_and_a_partner_nobody_can_reach(guest, client):
    terms = {"ground": "claim", "law": "tvisteloven", "reason": "x", "until": None, "by": None}
    actions.place_hold(guest.bill, subject=guest.subject, **terms)
    erasure = erased(guest)
    settle_notice(RecipientNotice.objects.get(), told=False, by=None, reason="wound up")
    text = page(client, erasure).content.decode()
    assert "until the reason ends (tvisteloven)" in text and "Postbudet AS: could not be told" in text
    assert "wound up" not in text


def test_nobody_was_told_when_nothing_was_shared(db, client):
    erasure = erased(house("ola@gjest.example", word="Ola"))
    assert "Nobody: nothing about you had been shared." in page(client, erasure).content.decode()


def test_a_class_that_is_no_more_keeps_its_label(guest, client):
    erasure = erased(guest)
    Erasure.objects.update(counts={"gone.Model": 3})
    assert "gone.Model (3)" in page(client, erasure).content.decode()


def test_it_is_neither_kept_by_browsers_nor_listed_nor_guessed(guest, client):
    erasure = erased(guest)
    for ending in ("", "certificate.json"):
        answer = client.get(f"/privacy/erased/{erasure.pk}/{ending}")
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"] and answer["Referrer-Policy"] == "no-referrer"
        assert client.get(f"/privacy/erased/{uuid4()}/{ending}").status_code == 404
        assert client.post(f"/privacy/erased/{erasure.pk}/{ending}").status_code == 405
    assert client.get(f"/privacy/erased/{str(erasure.pk)[:8]}/", follow=True).status_code == 404


def test_a_part_has_a_certificate_too(guest, client):
    kind = type(guest.guest)
    erasure = actions.erase_rows(kind, subject=guest.subject, pks=[guest.guest.pk], cause="withdrawal", by=None)
    content = certificate_of(actions.carry_out(erasure).pk, now=timezone.now() + timedelta(days=1)).content
    assert (content["whole"], content["state"], content["as_it_stood_on"]) == (False, "done", "2026-03-02")
    assert {"class": "toy.Guest", "records": 1} in content["erased"]
