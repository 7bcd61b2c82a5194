"""Applying: whole or not at all, and never without the consent it rests on."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import actions
from careers.actions import applying
from careers.models import Application, ApplicationFile, TalentPoolEntry
from privacy import actions as engine
from privacy.models import ConsentEvent
from tests.careers import factories, reading


def test_an_application_comes_in_whole(vacancy):
    application = factories.submit(vacancy, name="Ingrid Prøve", email="ingrid@soker.example")
    stored = Application.objects.get()
    assert (stored.full_name, stored.email, stored.state) == ("Ingrid Prøve", "ingrid@soker.example", "submitted")
    assert (stored.vacancy, stored.vacancy_reference) == (vacancy, vacancy.reference)
    assert stored.clock_from == timezone.localdate(vacancy.closes_at)
    assert (stored.consent.kind, stored.consent.subject, stored.consent.purpose) == (
        "given",
        stored.subject,
        "recruitment",
    )
    file = ApplicationFile.objects.get().file
    assert file.display_name == "cv.pdf" and reading.has_object(file)
    with engine.open_file(file) as opened:
        assert opened.read() == factories.kept_bytes()
    assert reading.acts(application) == ["application.submitted"]
    [(to, context)] = reading.mails("confirm")
    assert to == "ingrid@soker.example" and "/applications/confirm/" in context["confirm_url"]
    assert not TalentPoolEntry.objects.exists()


def test_a_stranger_is_always_a_new_unproved_person(vacancy):
    known = factories.make_user("ingrid@soker.example")
    application = factories.submit(vacancy, email="ingrid@soker.example")
    assert application.subject != known.subject
    assert not application.subject.identifiers.filter(verified_at__isnull=False).exists()


def test_whoever_is_signed_in_applies_as_themselves(vacancy):
    user = factories.make_user()
    assert factories.submit(vacancy, user=user).subject == user.subject


def test_the_same_form_twice_is_one_application(vacancy):
    token = uuid.uuid4()
    first = factories.submit(vacancy, token=token)
    before = reading.counts()
    assert factories.submit(vacancy, token=token) == first
    assert reading.counts() == before and len(reading.mails("confirm")) == 1


def test_two_copies_of_a_form_at_the_same_moment_are_one_application(vacancy, monkeypatch):
    token = uuid.uuid4()
    first = factories.submit(vacancy, token=token)
    before = reading.counts()
    # The second copy looked before the first one was there.
    looks = iter([Application.objects.none(), Application.objects.filter(form_token=token)])
    monkeypatch.setattr(applying.Application.objects, "filter", lambda **kwargs: next(looks))
    again = factories.submit(vacancy, token=token)
    monkeypatch.undo()
    assert again == first and reading.counts() == before


def test_one_live_application_per_person_and_vacancy(vacancy):
    user = factories.make_user()
    factories.submit(vacancy, user=user)
    before = reading.counts()
    with pytest.raises(actions.AlreadyApplied):
        factories.submit(vacancy, user=user)
    assert reading.counts() == before


def test_the_database_refuses_a_second_live_one_too(vacancy, monkeypatch):
    user = factories.make_user()
    factories.submit(vacancy, user=user)
    before = reading.counts()
    monkeypatch.setattr(applying, "has_live_application", lambda *args: False)
    with pytest.raises(actions.AlreadyApplied):
        factories.submit(vacancy, user=user)
    assert reading.counts() == before


def test_the_other_language_of_a_vacancy_is_the_same_vacancy(vacancy):
    user = factories.make_user()
    english = factories.make_vacancy("en", reference=vacancy.reference, translation_key=vacancy.translation_key)
    factories.submit(vacancy, user=user)
    with pytest.raises(actions.AlreadyApplied):
        factories.submit(english, user=user)


def test_a_refused_person_may_apply_again(vacancy):
    user, leader = factories.make_user(), factories.make_staff(actions.HR)
    application = factories.submit(vacancy, user=user)
    actions.move_application(application, to="rejected", by=leader, reason="Manglet fagbrev.")
    assert factories.submit(vacancy, user=user) != application


def test_no_consent_no_application(vacancy):
    assert factories.submit(vacancy)
    before = reading.counts()
    for text in (None, engine.text_for(actions.POOL, "nb")):
        with pytest.raises(actions.NotPossible):
            factories.submit(vacancy, consent_text=text)
    assert reading.counts() == before


def test_the_database_refuses_an_application_without_consent(vacancy):
    application = factories.submit(vacancy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(consent=None)


@pytest.mark.parametrize(
    ("changed", "value"),
    [("state", "loved"), ("language", "xx"), ("vacancy_reference", ""), ("state", "rejected")],
)
def test_the_database_refuses_nonsense(vacancy, changed, value):
    application = factories.submit(vacancy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**{changed: value})


def test_the_deadline_is_a_moment(vacancy, monkeypatch):
    moment = vacancy.closes_at
    monkeypatch.setattr(applying.timezone, "now", lambda: moment - timedelta(seconds=1))
    assert factories.submit(vacancy)
    before = reading.counts()
    monkeypatch.setattr(applying.timezone, "now", lambda: moment)
    with pytest.raises(actions.NotPossible):
        factories.submit(vacancy)
    assert reading.counts() == before


def test_a_cv_is_required_only_where_the_vacancy_says_so(vacancy):
    assert factories.submit(vacancy, cv=None).files.count() == 0
    strict = factories.make_vacancy(cv_required=True)
    before = reading.counts()
    with pytest.raises(actions.NotPossible):
        factories.submit(strict, cv=None)
    assert reading.counts() == before
    assert factories.submit(strict).files.count() == 1


def test_when_anything_fails_nothing_is_left(vacancy, monkeypatch):
    names = []
    original = engine.store_file
    monkeypatch.setattr(engine, "store_file", lambda *a, **k: names.append(original(*a, **k)) or names[0])
    monkeypatch.setattr(applying.mails, "send_receipt", lambda application: 1 / 0)
    before = reading.counts()
    with pytest.raises(ZeroDivisionError):
        factories.submit(vacancy)
    assert names and not reading.has_object(names[0])
    assert reading.counts() == before


def test_the_talent_pool_is_a_yes_of_its_own(vacancy):
    application = factories.submit(vacancy, pool=True)
    entry = TalentPoolEntry.objects.get()
    assert (entry.full_name, entry.email, entry.subject) == (
        application.full_name,
        application.email,
        application.subject,
    )
    assert entry.consent.purpose == "talent-pool" and entry.consent != application.consent
    assert reading.acts(entry) == ["talent_pool.joined"]


def test_a_second_yes_renews_the_entry(vacancy, frozen_day):
    user = factories.make_user()
    factories.submit(vacancy, user=user, pool=True)
    frozen_day((timezone.localdate() + timedelta(days=3)).isoformat())
    factories.submit(factories.make_vacancy(), user=user, pool=True)
    entry = TalentPoolEntry.objects.get()
    assert (entry.agreed_on, entry.interest) == (timezone.localdate(), vacancy.title)
    assert ConsentEvent.objects.filter(purpose="talent-pool", kind="renewed").count() == 1


def test_another_question_does_not_open_the_talent_pool(vacancy):
    before = reading.counts()
    with pytest.raises(ValueError):
        factories.submit(vacancy, talent_pool_text=engine.text_for(actions.RECRUITMENT, "nb"))
    assert reading.counts() == before
