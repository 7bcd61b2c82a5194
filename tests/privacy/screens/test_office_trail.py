"""The trail in the office: entries without names, check now, redaction by two, and who may see what (T33, L47)."""

import pytest
from django.urls import reverse

from cn_portal import work
from privacy.actions import note, seal_trail
from privacy.actions.backups import record_backup, record_drill
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.actions.trail_checks import check_nightly
from privacy.models import RedactionProposal, StaffRead, TrailCheckpoint, TrailEntry, TrailPurge, Verification
from privacy.queries import trail as reads

pytestmark = pytest.mark.django_db
ROOM = "/admin/privacy/trail/"


@pytest.fixture
def manager(make_person):
    user = make_person("Sjefkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


def html(client, address=ROOM, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_entries_are_found_by_act_record_person_and_day_without_names(enter, officer, kari, frozen_day):
    frozen_day("2026-03-02")
    one = note("guest.changed", subject=kari.subject, record=kari, fields=["phone"], reason="asked", by=officer)
    note("guest.read", by=None)
    client = enter(officer)
    page = html(client, f"{ROOM}?act=guest.changed")
    assert "phone" in page and str(kari.subject.pk)[:8] in page and "guest.read" not in page
    assert "Karikanari" not in page and not StaffRead.objects.filter(subject=kari.subject).exists()
    assert "guest.changed" in html(client, f"{ROOM}?record={one.object_pk}")
    assert "guest.changed" in html(client, f"{ROOM}?person={kari.subject.pk}&day=2026-03-02")
    # Whose trail was asked for is written down, for them to see.
    assert StaffRead.objects.get(subject=kari.subject).actor == officer.pk
    assert "No entry fits" in html(client, f"{ROOM}?day=2026-03-01")
    assert "No entry fits" in html(client, f"{ROOM}?person=11111111-1111-4111-8111-111111111111")
    assert 'role="alert"' in html(client, f"{ROOM}?person=nobody")
    assert reads.entries(person="nonsense") == []


def test_long_trails_have_older_pages(enter, officer):
    for number in range(reads.ON_PAGE + 1):
        note(f"act.{chr(97 + number % 26)}", by=None)
    client = enter(officer)
    assert "Older entries" in html(client, f"{ROOM}?act=act")
    oldest = TrailEntry.objects.filter(action__startswith="act.").order_by("pk")[1].pk
    page = html(client, f"{ROOM}?act=act&before={oldest}")
    assert "Older entries" not in page and "act.a" in page


def test_checked_now_in_the_background_with_the_result_on_the_page(enter, officer):
    client = enter(officer)
    assert "has not been checked yet" in html(client)
    page = html(client, reverse("privacy-trail-check"))
    assert "Check now" in page
    client.post(reverse("privacy-trail-check"))
    client.post(reverse("privacy-trail-check"))
    assert Verification.objects.get().asked_by == officer.pk
    assert "is in line" in html(client)
    work.drain()
    assert "Nothing was changed:" in html(client) and "Newest checkpoint: number" in html(client)
    TrailCheckpoint.objects.update(digest="0" * 64)
    assert check_nightly(as_of=Verification.objects.get().asked_at, dry_run=True) == {"ok": False, "problems": 2}
    Verification.objects.all().delete()
    from django.utils import timezone

    assert check_nightly(as_of=timezone.now())["ok"] is False
    page = html(client)
    assert "Something was changed" in page and "is not signed by us" in page


def test_words_are_taken_out_by_two(enter, officer, manager, kari):
    entry = note("guest.changed", subject=kari.subject, reason="Kari ba om det", by=officer)
    seal_trail()
    client, other = enter(officer), enter(manager)
    ask = reverse("privacy-trail-redact", args=[entry.pk])
    assert "Kari ba om det" in html(client, ask) and ask in html(client)
    assert "This field is required" in client.post(ask, {}).content.decode()
    client.post(ask, {"code": "personal-value"})
    proposal = RedactionProposal.objects.get()
    decide = reverse("privacy-trail-decide", args=[proposal.pk])
    assert decide in html(other)
    assert "You asked for this yourself" in client.post(decide, {"answer": "yes"}).content.decode()
    assert TrailEntry.objects.get(pk=entry.pk).reason == "Kari ba om det"
    assert "Kari ba om det" in html(other, decide)
    assert other.post(decide, {"answer": "yes"}).status_code == 302
    assert TrailEntry.objects.get(pk=entry.pk).reason == "redacted"
    page = html(other)
    assert f"Words of entry {entry.pk} (personal-value)" in page and decide not in page
    assert "decided already" in other.post(decide, {"answer": "no"}).content.decode()


def test_what_was_purged_backed_up_and_rehearsed_is_listed(enter, officer):
    from django.utils import timezone

    now = timezone.now()
    empty = html(enter(officer))
    assert "No backup has been made" in empty and "No restore has been rehearsed" in empty
    TrailPurge.objects.create(
        first_seal=1, last_seal=2, first_entry=1, last_entry=7, count=7, seal_digest="0" * 64, newest_at=now
    )
    key = "11111111-1111-4111-8111-111111111111"
    record_backup(key=key, made_at=now, sha256="0" * 64, size=2048, files=1, seconds=1)
    made = record_drill(backup=key, data_age=120, seconds=9, counts={}, problems=["x"])
    assert str(made).startswith("Drill ") and made.is_good is False
    page = html(enter(officer))
    assert "7 entries, 1 to 7: their five years were over" in page
    assert "2 min" in page and "9 s" in page and "failed" in page


def test_in_norwegian(enter, officer):
    page = html(enter(officer, language="nb"))
    for words in ("Er det som ble skrevet?", "Spor og sikkerhetskopier", "Hva som ble gjort", "Handlinger per måned"):
        assert words in page


def test_others_get_403_and_nothing_is_fetched(enter, outsider):
    entry = note("guest.changed", by=None)
    for address in (
        ROOM,
        reverse("privacy-trail-check"),
        reverse("privacy-trail-redact", args=[entry.pk]),
        reverse("privacy-trail-decide", args=["11111111-1111-4111-8111-111111111111"]),
    ):
        assert "guest.changed" not in html(enter(outsider), address, status=403)
