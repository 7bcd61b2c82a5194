"""The register of breaches as the office meets it: every page, every act where it belongs, and nobody else inside."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from privacy.actions import breaches
from privacy.actions.jobs import run_jobs
from privacy.actions.roles import OFFICE
from privacy.models import Breach, BreachPerson, TrailEntry
from privacy.queries.breaches import digest_of, draft_of
from tests.privacy.actions.breaching import WHAT, confirmed, notified, opened

HERE = "/admin/privacy/breaches/"
PDF = b"%PDF-1.7\nletter\n%%EOF"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


def at(hours):
    return (timezone.localtime() - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def register(client, **said):
    whole = {"aware_at": at(2), "description": WHAT, "types": ["confidentiality"], "classes": ["accounts.User"]}
    return client.post(f"{HERE}add/", {**whole, **said}, follow=True)


def act(client, breach, name, **said):
    return client.post(reverse(f"privacy-breach-{name}", args=[breach.pk]), said, follow=True).text


def test_a_breach_goes_from_the_form_to_the_end(office, kari, ola, settings):
    page = register(office, detected_at=at(5)).text
    breach = Breach.objects.get()
    assert f"Registered as {breach.number}" in page and WHAT in page and "hours left" in page
    act(office, breach, "assess")
    said = {"description": WHAT, "types": ["confidentiality"], "classes": ["accounts.User"]}
    assert "Saved." in act(office, breach, "describe", consequences="Post may come.", measures="Shut.", **said)
    assert "It touched 3 persons." in act(office, breach, "confirm", risk="high")
    assert BreachPerson.objects.count() == 3
    page = act(office, breach, "authority", at=at(0), reference="26/77")
    assert "26/77" in page and "authority notified" in page
    assert "The messages are in line." in act(office, breach, "tell")
    run_jobs()
    assert len(mail.outbox) == 3
    assert "Noted." in act(office, breach, "supplement", at=at(0), text="More is known.")
    assert "Closed." in act(office, breach, "close", reason="All told.")
    page = office.get(reverse("privacy-breach", args=[breach.pk])).text
    assert "arikanari" not in page and "Olakanari" not in page
    assert "SHA-256" in page
    assert breach.number in office.get(f"{HERE}?state=closed").text
    assert breach.number not in office.get(f"{HERE}?state=open").text


def test_every_breach_is_listed_notified_or_not(office, kari):
    first, second = opened(), notified()
    breaches.assess_breach(first, by=None)
    breaches.dismiss_breach(first, reason="A drill.", by=None)
    page = office.get(HERE).text
    assert first.number in page and second.number in page
    assert "No breach stands like this." in office.get(f"{HERE}?state=closed").text
    assert office.get(f"{HERE}?state=nonsense").text.count("BR-") == page.count("BR-")


def test_an_empty_register_says_what_to_do(office):
    assert "Register one as soon as somebody suspects it" in office.get(HERE).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"aware_at": at(-5)}, "Nothing was stored"),
        ({"detected_at": at(1)}, "Nothing was stored"),
        ({"description": ""}, "This field is required"),
        ({"window_from": at(1), "window_to": at(3)}, "This lies before the beginning"),
        ({"persons": "ingen@kunde.example"}, "known of nobody"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, said, sentence):
    page = register(office, consequences="Typed already.", **said).text
    assert sentence in page and "Typed already." in page
    assert not Breach.objects.exists()


def test_persons_are_named_by_their_address_which_is_not_stored(office, kari):
    register(office, classes=[], persons=f" {kari.email.upper()} \n\n")
    assert BreachPerson.objects.get().subject == kari.subject
    assert kari.email not in str(Breach.objects.values().get()).lower()


def test_acts_are_offered_where_they_belong_and_refused_elsewhere(office, kari):
    breach = opened()
    page = office.get(reverse("privacy-breach", args=[breach.pk])).text
    assert "/assess/" in page and "/confirm/" not in page and "/close/" not in page
    assert "cannot become" in act(office, breach, "close", reason="Enough.")
    breach.refresh_from_db()
    assert breach.state == "detected"
    done = confirmed(risk="unlikely")
    page = office.get(reverse("privacy-breach", args=[done.pk])).text
    assert "/not-notifiable/" in page and "/authority/" in page and "/supplement/" not in page
    assert "Decided, with the reason." in act(office, done, "not-notifiable", reason="Nobody came.")
    assert "Choose" not in act(office, done, "not-required", reason_code="not_high", reason="Nobody came.")
    done.refresh_from_db()
    assert done.state == "not_required"


def test_the_risk_is_weighed_and_persons_counted_anew(office, kari):
    breach = confirmed(classes=["accounts.User"])
    form = office.get(reverse("privacy-breach-risk", args=[breach.pk])).context["form"]
    assert form["risk"].value() == breach.risk == "risk"
    page = act(office, breach, "risk", risk="high", reason="")
    assert "This field is required." in page
    breach.refresh_from_db()
    assert breach.risk == "risk"
    assert "The risk was noted." in act(office, breach, "risk", risk="high", reason="It was copied.")
    assert "It touched 2 persons." in act(office, breach, "count")
    page = office.get(reverse("privacy-breach-not-required", args=[breach.pk])).text
    assert "Art 34(3)(a)" in page and "not_high" not in page
    for name in ("describe", "assess", "dismiss", "authority", "supplement", "tell", "close", "paper"):
        assert office.get(reverse(f"privacy-breach-{name}", args=[breach.pk])).status_code == 200
    other = opened()
    breaches.assess_breach(other, by=None)
    assert "it was not a breach" in act(office, other, "dismiss", reason="A drill.")


def test_the_draft_is_the_one_whose_digest_is_kept(office, kari):
    breach = notified()
    answer = office.get(reverse("privacy-breach-json", args=[breach.pk]))
    assert answer["Content-Type"] == "application/json" and "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["number"] == breach.number
    assert digest_of(json.loads(answer.content)) == digest_of(draft_of(breach))
    page = office.get(reverse("privacy-breach-draft", args=[breach.pk])).text
    assert WHAT in page and breach.number in page and "arikanari" not in page


def test_a_paper_goes_in_and_comes_out_as_a_download(office, kari, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    breach = opened()
    url = reverse("privacy-breach-paper", args=[breach.pk])
    page = office.post(url, {"paper": SimpleUploadedFile("a.exe", b"MZ nothing")}).text
    assert "neither a PDF" in page and not breach.events.filter(kind="paper").exists()
    office.post(url, {"paper": SimpleUploadedFile("brev.pdf", PDF)})
    event = breach.events.get(kind="paper")
    way = reverse("privacy-breach-paper-download", args=[breach.pk, event.pk])
    answer = office.get(way)
    assert b"".join(answer.streaming_content) == PDF and "attachment" in answer["Content-Disposition"]
    assert TrailEntry.objects.filter(action="paper.opened").count() == 1
    from privacy import vault

    def damaged(*args, **kwargs):
        raise vault.Damaged("gone")

    monkeypatch.setattr("privacy.screens.office_breaches.open_document", damaged)
    assert "can no longer be read" in office.get(way, follow=True).text


def test_who_no_mail_reached_is_noted_by_hand(office, kari):
    breach = notified(classes=["accounts.User"])
    row = BreachPerson.objects.filter(breach=breach).first()
    BreachPerson.objects.filter(pk=row.pk).update(unreachable=True)
    page = office.get(reverse("privacy-breach", args=[breach.pk])).text
    assert f"{str(row.subject_id)[:8]} has been told" in page
    way = reverse("privacy-breach-told", args=[breach.pk, row.pk])
    assert office.get(way).status_code == 405
    assert "Noted: this person has been told." in office.post(way, follow=True).text
    assert "already" in office.post(way, follow=True).text


def test_who_lacks_a_right_gets_403_and_learns_nothing(make_person, enter, officer, kari):
    breach = opened()
    other = make_person("Selgkanari", is_staff=True)
    group = Group.objects.create(name="others")
    group.permissions.set(Group.objects.get(name=OFFICE).permissions.filter(codename="access_admin"))
    other.groups.add(group)
    client = enter(other)
    unknown = "00000000-0000-4000-8000-000000000000"
    for way in ("", "add/", f"{breach.pk}/", f"{unknown}/", f"{breach.pk}/draft.json", f"{breach.pk}/close/"):
        assert client.get(f"{HERE}{way}").status_code == 403, way
    looker = Group.objects.get(name=OFFICE)
    looker.permissions.remove(*looker.permissions.filter(codename__in=["change_breach", "add_breach"]))
    client = enter(officer)
    page = client.get(f"{HERE}{breach.pk}/").text
    assert breach.number in page and "/assess/" not in page
    assert client.post(f"{HERE}{breach.pk}/assess/").status_code == 403
    assert client.get(f"{HERE}add/").status_code == 403 and "/add/" not in client.get(HERE).text


def test_thirty_persons_and_events_cost_as_many_queries_as_one(office, kari, make_person):
    breach = notified(classes=["accounts.User"])
    url = reverse("privacy-breach", args=[breach.pk])

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert office.get(url).status_code == 200
        return len(seen)

    office.get(url)
    one = cost()
    for number in range(5):
        make_person(f"Rad{number}")
    for _ in range(3):
        breaches.count_affected(breach, by=None)
    BreachPerson.objects.update(unreachable=True)
    assert cost() == one
