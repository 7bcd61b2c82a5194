"""Applications that came another way than the form: the same process, and how consent was had is kept (T6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions, links
from careers.models import Application, HandRegistration
from careers.rules.clocks import clock_start
from careers.uploads import check_upload
from privacy import actions as engine
from privacy.models import ConsentEvent, DataSubject
from privacy.scans import check_scan
from tests.careers import factories, meetings, reading


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR)


def scan():
    return check_scan(factories.upload("samtykke.pdf"))


def register(vacancy, by, **values):
    today = timezone.localdate()
    said = {
        "name": "Olav Prøve",
        "email": "olav@soker.example",
        "phone": "",
        "message": "Jeg liker verktøy.",
        "cv": check_upload(factories.upload()),
        "received_by": "post",
        "arrived_on": today,
        "how": "paper",
        "agreed_on": today,
        "evidence": scan(),
        "consent_text": meetings.wording(actions.RECRUITMENT),
        "language": "nb",
        "minor": False,
        "by": by,
        **values,
    }
    return actions.register_application(vacancy, **said)


def test_it_stands_beside_the_others_with_how_consent_was_had(vacancy, hr):
    row = register(vacancy, hr)
    event = ConsentEvent.objects.get(purpose=actions.RECRUITMENT)
    registration = row.registration
    assert (row.state, row.received_by, row.consent) == ("submitted", "post", event)
    assert (event.about, event.method) == (str(row.pk), "paper") and event.text_sha256
    assert "notice" in event.evidence or event.evidence
    assert (registration.how, registration.registered_by) == ("paper", hr)
    with engine.open_file(registration.evidence) as opened:
        assert opened.read() == factories.upload().read()
    assert row.files.get().kind == "cv" and reading.acts(registration) == ["application.registered"]


def test_the_receipt_has_the_way_out_and_the_information(vacancy, hr):
    row = register(vacancy, hr)
    ((address, words),) = reading.mails("registered")
    assert address == "olav@soker.example"
    assert (words["withdraw_url"], bool(words["confirm_url"])) == (links.withdraw_url(row), True)
    assert words["how"] == "paper" and words["deleted_on"] and words["notice_url"] and words["controller"]


def test_without_an_address_there_is_no_mail_and_no_detriment(vacancy, hr):
    row = register(vacancy, hr, email="", how="phone", evidence=None, cv=None, received_by="phone")
    assert not reading.mails("registered") and row.email == "" and row.registration.evidence is None
    actions.withdraw_application(row, by=hr)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_the_day_of_arrival_counts_and_the_clocks_are_the_same(vacancy, hr):
    today = timezone.localdate()
    vacancy.opens_at, vacancy.closes_at = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=2)
    vacancy.save()
    closed_on = timezone.localdate(vacancy.closes_at)
    row = register(vacancy, hr, arrived_on=closed_on)
    assert timezone.localdate(row.submitted_at) == closed_on
    assert row.clock_from == clock_start(closing_day=closed_on, submitted_on=closed_on)
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr, arrived_on=closed_on + timedelta(days=1))
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr, arrived_on=closed_on, agreed_on=today + timedelta(days=1))
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"consent_text": None},
        {"evidence": None},
        {"evidence": None, "how": "mail"},
        {"arrived_on": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_what_is_refused_leaves_nothing(vacancy, hr, values):
    before = reading.counts()
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr, **values)
    assert reading.counts() == before and not HandRegistration.objects.exists()


def test_another_question_is_no_consent_to_this(vacancy, hr):
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr, consent_text=meetings.wording(actions.POOL))


def test_a_required_cv_is_required_here_too(vacancy, hr):
    vacancy.cv_required = True
    vacancy.save()
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr, cv=None)
    assert register(vacancy, hr).files.count() == 1


def test_while_recruitment_is_not_cleared_nothing_is_taken_in(vacancy, hr):
    from privacy.models import Screening

    Screening.objects.filter(activity="recruitment").delete()
    with pytest.raises(actions.NotPossible):
        register(vacancy, hr)
    assert not Application.objects.exists()


def test_somebody_under_age_is_marked(vacancy, hr):
    assert register(vacancy, hr, minor=True).minor and not register(vacancy, hr).minor


def test_it_goes_whole_with_its_evidence(vacancy, hr, drain):
    row = register(vacancy, hr)
    stored = row.registration.evidence
    assert reading.has_object(stored)
    engine.request_erasure(row.subject, cause="request", by=None)
    drain()
    assert not HandRegistration.objects.exists() and not reading.has_object(stored)
    assert DataSubject.objects.get(pk=row.subject_id).state == "erased"
