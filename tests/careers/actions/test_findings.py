"""Sensitive content: closed to staff at once, told, settled by the applicant, HR or the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions, queries
from careers.models import Answer, ApplicationFile, Finding
from careers.withholding import withheld_among
from privacy import actions as engine
from privacy.models import ConsentEvent, TrailEntry
from tests.careers import factories, meetings, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy)


def flag(application, kind="letter", target=None, reason="health", by=None):
    return actions.flag_content(application, kind=kind, target=target, reason=reason, by=by)


def answer_of(application, text="Ja"):
    return Answer.objects.create(application=application, order=1, question_text="Har du førerkort?", text=text)


def note_of(application):
    hr = factories.make_staff(actions.HR)
    return actions.add_note(application, text="Var sykmeldt i fjor.", by=hr)


def settle_later(finding, days):
    Finding.objects.filter(pk=finding.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def test_a_file_is_closed_at_once_and_its_person_told(application):
    leader = factories.make_staff(actions.HIRING_LEADERS)
    cv, other = application.files.get(), factories.submit(application.vacancy).files.get()
    assert not queries.is_withheld(cv)
    finding = flag(application, "file", cv.pk, by=leader)
    assert queries.is_withheld(cv) and not queries.is_withheld(other) and not queries.is_withheld(application)
    assert queries.readable([cv, other]) == [other] and withheld_among([cv, other]) == {cv.pk}
    assert (finding.due_on, finding.found_by) == (timezone.localdate() + timedelta(days=30), leader)
    ((address, words),) = reading.mails("finding_told")
    assert address == application.email and "health" not in str(words)
    assert flag(application, "file", cv.pk).pk == finding.pk and len(reading.mails("finding_told")) == 1


def test_the_trail_says_that_it_was_closed_off_and_not_why(application):
    finding = flag(application)
    entry = TrailEntry.objects.get(action="finding.flagged")
    assert "health" not in str([getattr(entry, field.attname) for field in entry._meta.concrete_fields])
    assert reading.acts(finding) == ["finding.flagged"]


@pytest.mark.parametrize("kind", ["letter", "answer", "note", "file"])
def test_hr_removes_each_kind(application, drain, kind):
    rows = {"answer": answer_of(application), "note": note_of(application), "file": application.files.get()}
    target = rows.get(kind, application)
    neighbour = factories.submit(application.vacancy)
    drain()
    before = reading.row_of(neighbour), reading.row_of(neighbour.files.get())
    finding = flag(application, kind, target.pk)
    assert queries.is_withheld(target)
    hr = factories.make_staff(actions.HR)
    row = actions.remove_content(finding, by=hr)
    assert (row.state, row.settled_by) == ("removed", hr) and row.settled_at
    # A row that the erasure has not reached yet stays closed.
    assert queries.is_withheld(target) == (kind in ("note", "file"))
    drain()
    application.refresh_from_db()
    left = {
        "letter": application.message,
        "answer": Answer.objects.get().text,
        "note": application.notes.count(),
        "file": application.files.count(),
    }
    assert not left.pop(kind) and all(left.values())
    assert (reading.row_of(neighbour), reading.row_of(neighbour.files.get())) == before
    assert reading.acts(finding) == ["finding.flagged", "finding.removed"]
    with pytest.raises(actions.NotPossible):
        actions.clear_finding(finding, by=hr)


def test_a_mistake_is_given_back(application):
    finding = flag(application, reason="union")
    actions.clear_finding(finding, by=factories.make_staff(actions.HR))
    application.refresh_from_db()
    assert not queries.is_withheld(application) and application.message
    ((_address, words),) = reading.mails("finding_settled")
    assert words["state"] == "cleared"
    assert flag(application).pk != finding.pk


def test_the_applicant_insists_with_a_yes_to_this_one_and_takes_it_back(application, drain):
    cv = application.files.get()
    finding, letter = flag(application, "file", cv.pk), flag(application)
    for text in (None, meetings.wording(actions.RECRUITMENT)):
        with pytest.raises(actions.NotPossible):
            actions.keep_content(finding, text=text, by=None)
    kept = actions.keep_content(finding, text=meetings.wording(actions.SPECIAL_ITEM), by=None)
    event = ConsentEvent.objects.get(purpose=actions.SPECIAL_ITEM)
    assert (kept.state, kept.consent, event.about) == ("kept", event, str(finding.pk))
    assert not queries.is_withheld(cv) and queries.is_withheld(application)
    actions.take_back_item(kept, by=None)
    assert queries.is_withheld(cv)
    drain()
    assert not ApplicationFile.objects.exists() and Finding.objects.get(pk=finding.pk).state == "removed"
    assert Finding.objects.get(pk=letter.pk).state == "open"


def test_the_end_of_a_yes_about_something_else_removes_nothing(application):
    finding = flag(application)
    from careers.actions.findings import end_item

    end_item(application.subject, about=str(finding.pk), by=None)
    assert Finding.objects.get().state == "open"


def test_after_thirty_days_the_clock_removes_what_nobody_settled(application):
    finding = flag(application)
    settle_later(finding, 0)
    assert actions.remove_due_findings(as_of=timezone.now()) == {"removed": 0}
    settle_later(finding, -1)
    assert actions.remove_due_findings(as_of=timezone.now(), dry_run=True) == {"removed": 1}
    application.refresh_from_db()
    assert application.message and queries.is_withheld(application)
    assert actions.remove_due_findings(as_of=timezone.now()) == {"removed": 1}
    application.refresh_from_db()
    finding.refresh_from_db()
    assert (application.message, finding.state, finding.settled_by) == ("", "removed", None)
    assert actions.remove_due_findings(as_of=timezone.now()) == {"removed": 0}


def test_what_is_not_in_this_application_cannot_be_closed_off(application):
    elsewhere = factories.submit(application.vacancy).files.get()
    with pytest.raises(actions.NotPossible):
        flag(application, "file", elsewhere.pk)
    assert not Finding.objects.exists() and not queries.is_withheld(elsewhere)


def test_a_file_that_is_gone_meanwhile_is_removed_all_the_same(application, drain):
    cv = application.files.get()
    finding = flag(application, "file", cv.pk)
    engine.erase_rows(ApplicationFile, subject=application.subject, pks=[cv.pk], cause="request", by=None)
    drain()
    assert actions.remove_content(finding, by=None).state == "removed"


def test_flags_are_counted_and_nothing_else_is(application):
    from careers.statistics import findings

    flag(application)
    flag(application, "file", application.files.get().pk)
    today = timezone.localdate()
    assert findings(today, today) == {"": 2}
    assert findings(today - timedelta(days=9), today - timedelta(days=1)) == {"": 0}


def test_a_withdrawn_application_takes_its_findings_and_yeses_along(application, drain):
    finding = flag(application, "file", application.files.get().pk)
    actions.keep_content(finding, text=meetings.wording(actions.SPECIAL_ITEM), by=None)
    actions.withdraw_application(application, by=None)
    drain()
    assert not Finding.objects.exists()
    assert not application.subject.consents.filter(state__in=("given", "renewed")).exists()
