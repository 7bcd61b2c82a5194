"""A draft is kept for its writer only, goes when it is sent or deleted, and 30 days after the last change."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import actions, draft_links
from careers.models import Application, ApplicationDraft, DraftFile
from careers.uploads import check_upload
from privacy import actions as engine
from privacy.models import Screening, StoredFile
from tests.careers import factories, reading, steps


def attach(draft, kind="cv", name="cv.pdf"):
    return actions.attach_to_draft(draft, kind=kind, checked=check_upload(factories.upload(name)), by=None)


def test_a_stranger_is_always_a_new_unproved_person(vacancy):
    known = factories.make_user("ingrid@soker.example")
    draft = steps.draft(vacancy)
    assert draft.subject != known.subject
    assert not draft.subject.identifiers.filter(verified_at__isnull=False).exists()
    assert reading.acts(draft) == ["application.draft_started"]
    assert steps.draft(vacancy, user=known).subject == known.subject


def test_what_was_typed_lies_sealed(vacancy):
    draft = steps.draft(vacancy, message="Trollholmen")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": {"x": {"value": "Trollholmen"}}}, by=None)
    row = reading.row_of(draft)
    assert all(b"Trollholmen" not in bytes(row[name]) for name in ("message_sealed", "answers_sealed") if name in row)
    assert "Trollholmen" not in repr(row)
    assert ApplicationDraft.objects.get().answers["x"]["value"] == "Trollholmen"


def test_a_corrected_address_leaves_no_hash_of_the_wrong_one(vacancy):
    draft = steps.draft(vacancy, email="feil@soker.example")
    before = set(draft.subject.identifiers.values_list("index", flat=True))
    actions.save_draft(draft, vacancy=vacancy, said={"email": "rett@soker.example"}, by=None)
    after = set(draft.subject.identifiers.values_list("index", flat=True))
    assert len(before) == len(after) == 1 and before != after
    # Somebody signed in is known by the addresses they have proved, whatever they type here.
    user = factories.make_user()
    own = steps.draft(vacancy, user=user)
    proved = set(user.subject.identifiers.values_list("index", flat=True))
    actions.save_draft(own, vacancy=vacancy, said={"email": "annen@soker.example"}, by=user)
    assert set(user.subject.identifiers.values_list("index", flat=True)) == proved


def test_saving_nothing_new_gives_thirty_days_more_and_is_not_noted(vacancy):
    draft = steps.draft(vacancy)
    ApplicationDraft.objects.update(edited_at=timezone.now() - timedelta(days=29))
    actions.save_draft(draft, vacancy=vacancy, said={"full_name": draft.full_name}, by=None)
    assert timezone.now() - ApplicationDraft.objects.get().edited_at < timedelta(minutes=1)
    assert reading.acts(draft) == ["application.draft_started"]
    actions.save_draft(draft, vacancy=vacancy, said={"phone": "99 99 99 99"}, by=None)
    assert reading.acts(draft)[-1] == "application.draft_saved"


def test_one_cannot_begin_when_it_is_closed_or_not_cleared(vacancy):
    with pytest.raises(actions.NotPossible):
        steps.draft(factories.make_vacancy(closes_at=timezone.now() - timedelta(minutes=1)))
    assert steps.draft(vacancy)
    Screening.objects.filter(activity="application-drafts").delete()
    with pytest.raises(actions.NotPossible):
        steps.draft(vacancy)
    assert ApplicationDraft.objects.count() == 1


def test_a_draft_is_not_sent_while_recruitment_is_not_cleared(vacancy):
    draft = steps.draft(vacancy)
    Screening.objects.filter(activity="recruitment").delete()
    with pytest.raises(actions.NotPossible):
        steps.submit(draft, vacancy)
    assert not Application.objects.exists() and ApplicationDraft.objects.get() == draft


def test_rows_are_known_by_a_few_letters_of_their_key(vacancy):
    question, draft = steps.ask(vacancy), steps.draft(vacancy)
    attached = attach(draft)
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=None)
    said = [str(each) for each in (question, draft, attached, steps.submit(draft, vacancy).answers.get())]
    assert not any(word in " ".join(said) for word in ("Ingrid", "Sveise", "cv.pdf", "Hva"))


def test_files_come_and_go_with_their_objects(vacancy):
    draft, neighbour = steps.draft(vacancy), steps.draft(vacancy)
    other = attach(neighbour)
    first = attach(draft).file
    second = attach(draft, name="ny.pdf").file
    assert not reading.has_object(first) and reading.has_object(second)
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    attach(draft, kind="letter")
    actions.remove_draft_file(draft, kind="cv", by=None)
    actions.remove_draft_file(draft, kind="cv", by=None)
    assert [each.kind for each in draft.files.all()] == ["letter"]
    assert reading.has_object(other.file) and neighbour.files.count() == 1


def test_a_file_a_scanner_found_something_in_is_not_sent(vacancy, drain):
    draft = steps.draft(vacancy)
    bad = attach(draft).file
    attach(draft, kind="letter")
    StoredFile.objects.filter(pk=bad.pk).update(scan_state="infected")
    assert set(actions.files_of(draft)) == {"letter"}
    application = steps.submit(draft, vacancy)
    assert [each.kind for each in application.files.all()] == ["letter"]
    assert not reading.has_object(bad) and not StoredFile.objects.filter(pk=bad.pk).exists()


def test_a_deleted_draft_is_gone_for_everybody_at_once_and_then_erased(vacancy, drain):
    draft, neighbour = steps.draft(vacancy), steps.draft(vacancy)
    stored, stays = attach(draft).file, attach(neighbour).file
    actions.mail_draft_link(draft, by=None)
    actions.discard_draft(draft, by=None)
    actions.discard_draft(draft, by=None)
    assert list(draft_links.kept_drafts()) == [neighbour]
    assert reading.acts(draft).count("application.draft_deleted") == 1 and not reading.mails("draft")
    for act in (
        lambda: actions.save_draft(draft, vacancy=vacancy, said={}, by=None),
        lambda: attach(draft),
        lambda: steps.submit(draft, vacancy),
    ):
        with pytest.raises(actions.NotPossible):
            act()
    drain()
    assert list(ApplicationDraft.objects.all()) == [neighbour] and DraftFile.objects.count() == 1
    assert not reading.has_object(stored) and reading.has_object(stays)


def test_whoever_has_a_page_still_gets_their_code_after_deleting_a_draft(vacancy):
    user = factories.make_user()
    draft = steps.draft(vacancy, user=user)
    actions.mail_draft_link(draft, by=user)
    actions.discard_draft(draft, by=user)
    assert len(reading.mails("draft")) == 1


def test_the_clock_takes_a_draft_thirty_days_after_the_last_change(vacancy, frozen_day, drain):
    draft, stays = steps.draft(vacancy), steps.draft(vacancy)
    stored = attach(draft).file
    today = timezone.localdate()
    frozen_day((today + timedelta(days=10)).isoformat())
    actions.save_draft(stays, vacancy=vacancy, said={}, by=None)
    frozen_day((today + timedelta(days=30)).isoformat())
    engine.run_retention(as_of=timezone.now())
    drain()
    assert ApplicationDraft.objects.count() == 2 and draft_links.kept_drafts().count() == 2
    frozen_day((today + timedelta(days=31)).isoformat())
    assert list(draft_links.kept_drafts()) == [stays]
    engine.run_retention(as_of=timezone.now())
    drain()
    assert list(ApplicationDraft.objects.all()) == [stays] and not reading.has_object(stored)


def test_a_draft_becomes_an_application_with_the_files_it_had(vacancy):
    question = steps.ask(vacancy, kind="number", nb="Hvor mange år?", en="How many years?")
    unanswered = steps.ask(vacancy)
    draft = steps.draft(vacancy, links="https://example.org/ingrid", message="Hei.")
    stored = attach(draft).file
    kept = actions.answers_to_keep([question, unanswered], {str(question.pk): "3.5"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": kept}, by=None)
    application = steps.submit(draft, vacancy, minor=True, pool=True)
    assert (application.links, application.minor) == ("https://example.org/ingrid", True)
    assert application.subject == draft.subject and application.form_token == draft.pk
    assert application.files.get().file == stored and StoredFile.objects.count() == 1
    assert [(each.question, each.text) for each in application.answers.all()] == [(question, "3,5")]
    assert not ApplicationDraft.objects.exists() and not DraftFile.objects.exists()
    assert application.consent.about == str(application.pk)
    [(to, context)] = reading.mails("confirm")
    assert to == draft.email and context["contact_phone"] == vacancy.contact_phone and context["deleted_on"]


def test_a_draft_sent_twice_is_one_application(vacancy):
    draft = steps.draft(vacancy)
    first = steps.submit(draft, vacancy)
    before = reading.counts()
    assert steps.submit(draft, vacancy) == first
    assert reading.counts() == before


def test_what_must_be_answered_is_asked_for_before_anything_is_stored(vacancy):
    question = steps.ask(vacancy, required=True)
    draft = steps.draft(vacancy)
    with pytest.raises(actions.NotPossible):
        steps.submit(draft, vacancy)
    actions.save_draft(draft, vacancy=vacancy, said={"answers": {str(question.pk): {"value": "x" * 201}}}, by=None)
    with pytest.raises(actions.NotPossible):
        steps.submit(draft, vacancy)
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers, "full_name": ""}, by=None)
    with pytest.raises(actions.NotPossible):
        steps.submit(draft, vacancy)
    assert not Application.objects.exists() and not reading.counts()["ConsentEvent"]
    actions.save_draft(draft, vacancy=vacancy, said={"full_name": "Ingrid"}, by=None)
    assert steps.submit(draft, vacancy).answers.get().text == "Sveise"


def test_the_database_refuses_a_second_live_one_too(vacancy):
    user = factories.make_user()
    steps.submit(steps.draft(vacancy, user=user), vacancy, user=user)
    draft = steps.draft(vacancy, user=user)
    with pytest.raises(actions.AlreadyApplied):
        steps.submit(draft, vacancy, user=None)
    assert ApplicationDraft.objects.get() == draft and Application.objects.count() == 1


@pytest.mark.parametrize(("changed", "value"), [("language", "xx"), ("vacancy_reference", "")])
def test_the_database_refuses_nonsense(vacancy, changed, value):
    draft = steps.draft(vacancy)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationDraft.objects.filter(pk=draft.pk).update(**{changed: value})


def test_the_link_is_bound_to_the_draft_and_its_address(vacancy):
    draft, other = steps.draft(vacancy), steps.draft(vacancy)
    token = draft_links.draft_url(draft).rstrip("/").rpartition("/")[2]
    assert draft_links.to_draft(token) == draft
    assert draft_links.to_draft(token[:-1]) is None
    assert draft_links.to_draft(token.replace(str(draft.pk), str(other.pk))) is None
    actions.save_draft(draft, vacancy=vacancy, said={"email": "rett@soker.example"}, by=None)
    assert draft_links.to_draft(token) is None
    assert draft.email not in token


@pytest.mark.parametrize(("day", "utc"), [("2026-10-25", "22:59"), ("2026-03-29", "21:59"), ("2026-07-01", "21:59")])
def test_the_door_shuts_at_the_oslo_minute_also_on_the_days_of_the_clock_change(wordings, day, utc):
    shut = datetime.fromisoformat(f"{day}T{utc}:00+00:00")
    page = factories.make_vacancy(
        opens_at=shut - timedelta(days=9),
        closes_at=datetime.fromisoformat(f"{day}T23:59").replace(tzinfo=ZoneInfo("Europe/Oslo")),
    )
    with time_machine.travel(shut - timedelta(seconds=1), tick=False):
        draft, late = steps.draft(page), steps.draft(page)
        assert steps.submit(draft, page)
    with time_machine.travel(shut, tick=False):
        for act in (lambda: steps.draft(page), lambda: steps.submit(late, page)):
            with pytest.raises(actions.NotPossible):
                act()
    assert Application.objects.count() == 1
