"""Refusing many at once: the list that was shown is the list that is told, or the reason stands beside it."""

import pytest
from django.contrib.auth import get_user_model

from careers import actions
from careers.actions import refusing
from careers.actions.deciding import move_locked
from careers.models import Application, BulkRefusal, Hiring, RefusalLine, StageEvent
from privacy.models import DataSubject, OutgoingMail
from tests.careers import factories, reading

TEXTS = {
    "nb": actions.Text("Andre hadde fagbrev.", "Lykke til videre!"),
    "en": actions.Text("Others had a certificate."),
}


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR, first_name="Hanne", last_name="Ressurs")


@pytest.fixture
def hiring(vacancy):
    return Hiring.objects.of(vacancy)


@pytest.fixture
def rows(vacancy):
    """Five who applied, one of them in English."""
    return [
        factories.submit(vacancy, name=f"Søker {number}", cv=None, language="en" if number == 4 else "nb")
        for number in range(5)
    ]


def plan(hiring, **chosen):
    return actions.plan_refusal(hiring.reference, texts=TEXTS, **(chosen or {"steps": ["new"]}))


def order(hiring, by, **chosen):
    chosen = chosen or {"steps": ["new"]}
    return actions.order_refusal(hiring, texts=TEXTS, shown=plan(hiring, **chosen).digest, by=by, **chosen)


def carried_out(ordered):
    actions.carry_out_refusal(ordered.pk)
    ordered.refresh_from_db()
    return ordered


def told_now():
    """(address, title, text) of every mail in line, in any order."""
    return sorted((to, said["title"], said["text"]) for to, said in reading.mails("moved"))


def test_the_sent_list_is_the_list_of_the_dry_run(hiring, rows, hr, smtp, drain):
    """Person by person and letter by letter, in each applicant's own language (edge case: to the wrong people)."""
    drain()
    smtp.messages.clear()
    shown = plan(hiring)
    assert [each.application for each in shown.told] == rows and shown.left_out == []
    assert [each.preview.letter.language for each in shown.told] == ["nb"] * 4 + ["en"]
    ordered = order(hiring, hr)
    drain()
    ordered.refresh_from_db()
    sent = sorted((mail["To"], mail["Subject"], mail.get_content().replace("\r\n", "\n")) for mail in smtp.messages)
    letters = [each.preview.letter for each in shown.told]
    assert sent == sorted((letter.to, letter.title, letter.text) for letter in letters) and len(sent) == 5
    assert (ordered.shown, ordered.told, ordered.left_out, ordered.texts) == (5, 5, 0, {})
    assert ordered.finished_at is not None and ordered.digest == shown.digest and ordered.ordered_by == hr
    assert set(Application.objects.values_list("state", "step")) == {("rejected", "rejected")}
    reasons = {event.application_id: (event.reason, event.actor) for event in StageEvent.objects.all()}
    assert reasons[rows[0].pk] == ("Andre hadde fagbrev.", hr) and reasons[rows[4].pk][0] == TEXTS["en"].reason
    assert reading.acts(ordered) == ["applications.refusal_ordered"]


def test_nothing_is_sent_by_looking(hiring, rows):
    before = reading.counts(), OutgoingMail.objects.count()
    plan(hiring)
    assert (reading.counts(), OutgoingMail.objects.count()) == before


def test_who_gets_nothing_is_named_with_the_reason(hiring, rows, hr):
    decided, offered, paused, fine, no_address = rows
    actions.move_application(decided, to="rejected", by=hr, reason="Manglet fagbrev.")
    for step in ("read", "offer"):
        actions.move_application(offered, to=step, by=hr, reason="")
    DataSubject.objects.filter(pk=paused.subject_id).update(state="restricted")
    Application.objects.filter(pk=no_address.pk).update(email=b"")
    shown = plan(hiring, picked=[row.pk for row in rows])
    assert [each.application for each in shown.told] == [fine]
    why = {each.application.pk: (each.why, each.is_hidden) for each in shown.left_out}
    assert why == {
        decided.pk: ("decided", False),
        offered.pk: ("offer", False),
        paused.pk: ("paused", True),
        no_address.pk: ("no_address", False),
    }


def test_a_withdrawn_one_is_left_out_without_a_name(hiring, rows):
    actions.withdraw_application(rows[0], by=None)
    assert Application.objects.filter(pk=rows[0].pk).exists()
    [left] = plan(hiring, picked=[rows[0].pk]).left_out
    assert (left.why, left.is_hidden) == ("withdrawn", True)


def test_other_vacancies_are_never_on_the_list(hiring, rows, wordings):
    elsewhere = factories.submit(factories.make_vacancy(), cv=None)
    shown = plan(hiring, steps=["new"], picked=[elsewhere.pk])
    assert elsewhere.pk not in {each.application.pk for each in shown.told + shown.left_out}


def test_every_language_of_the_list_needs_a_reason(hiring, rows):
    only = {"nb": actions.Text("Andre hadde fagbrev.")}
    with pytest.raises(actions.NotPossible):
        actions.plan_refusal(hiring.reference, texts=only, steps=["new"])
    assert actions.languages_of(hiring.reference, steps=["new"]) == {"nb": 4, "en": 1}
    assert actions.plan_refusal(hiring.reference, texts=only, picked=[rows[0].pk]).told
    with pytest.raises(actions.NotPossible):
        actions.plan_refusal(hiring.reference, texts={"nb": actions.Text("  ")}, picked=[rows[0].pk])


def test_a_list_that_changed_after_it_was_shown_is_not_sent(hiring, rows, hr, vacancy):
    digest = plan(hiring).digest
    actions.move_application(rows[0], to="interview", by=hr, reason="")
    for changed in ({"shown": digest}, {"shown": plan(hiring).digest, "texts": {**TEXTS, "nb": actions.Text("Annet")}}):
        with pytest.raises(actions.NotAsShown):
            actions.order_refusal(hiring, **{"texts": TEXTS, "by": hr, "steps": ["new"], **changed})
    assert not BulkRefusal.objects.exists()
    digest = plan(hiring).digest
    factories.submit(vacancy, cv=None)
    with pytest.raises(actions.NotAsShown):
        actions.order_refusal(hiring, texts=TEXTS, shown=digest, by=hr, steps=["new"])
    assert not BulkRefusal.objects.exists() and len(reading.mails("moved")) == 1


def test_an_empty_list_is_no_order(hiring, hr):
    with pytest.raises(actions.NotAsShown):
        order(hiring, hr)


def test_the_same_button_twice_is_one_order(hiring, rows, hr):
    digest = plan(hiring).digest
    for is_refused in (False, True):
        try:
            actions.order_refusal(hiring, texts=TEXTS, shown=digest, by=hr, steps=["new"])
            assert not is_refused
        except actions.NotAsShown:
            assert is_refused
    assert BulkRefusal.objects.count() == 1 and RefusalLine.objects.count() == 5
    assert {each.why for each in plan(hiring).left_out} == {"in_line"}


def test_whoever_changed_after_the_order_is_left_out_and_named(hiring, rows, hr):
    """Moved, paused, another address, withdrawn: none of them is told, the fifth is."""
    moved, paused, changed, gone, fine = rows
    ordered = order(hiring, hr)
    actions.move_application(moved, to="interview_1", by=hr, reason="")
    DataSubject.objects.filter(pk=paused.subject_id).update(state="restricted")
    row = Application.objects.get(pk=changed.pk)
    row.email = "ny.adresse@soker.example"
    row.save()
    Application.objects.filter(pk=gone.pk).delete()
    carried_out(ordered)
    assert [to for to, _title, text in told_now() if "chosen others" in text or "valgt andre" in text] == [fine.email]
    lines = dict(RefusalLine.objects.values_list("application_id", "why"))
    assert lines == {moved.pk: "moved", paused.pk: "paused", changed.pk: "changed", fine.pk: ""}
    assert (ordered.told, ordered.left_out) == (1, 4)
    assert set(Application.objects.filter(state="rejected").values_list("pk", flat=True)) == {fine.pk}


def test_without_the_person_who_ordered_it_nobody_is_told(hiring, rows, hr):
    ordered = order(hiring, hr)
    BulkRefusal.objects.update(ordered_by=None)
    assert (carried_out(ordered).told, ordered.left_out) == (0, 5)
    assert told_now() == [] and set(RefusalLine.objects.values_list("why", flat=True)) == {"nobody"}


def test_a_worker_killed_half_way_is_carried_on_from_and_nobody_is_told_twice(hiring, rows, hr, monkeypatch):
    ordered = order(hiring, hr)
    done = []

    def dies(row, **said):
        if len(done) == 2:
            raise RuntimeError("killed")
        done.append(row.pk)
        return move_locked(row, **said)

    monkeypatch.setattr(refusing, "move_locked", dies)
    with pytest.raises(RuntimeError):
        actions.carry_out_refusal(ordered.pk)
    assert len(told_now()) == 2 and RefusalLine.objects.filter(outcome="waiting").count() == 3
    monkeypatch.undo()
    carried_out(ordered)
    first = told_now()
    assert len(first) == len({to for to, _title, _text in first}) == 5 and ordered.told == 5
    # Once more, as a second worker or a repeated job would.
    carried_out(ordered)
    BulkRefusal.objects.update(finished_at=None)
    carried_out(ordered)
    assert told_now() == first and StageEvent.objects.count() == 5


def test_what_cannot_be_carried_out_is_left_out_in_sight(hiring, rows, hr):
    ordered = order(hiring, hr)
    actions.give_up_refusal(ordered.pk)
    ordered.refresh_from_db()
    assert (ordered.told, ordered.left_out, ordered.texts) == (0, 5, {}) and told_now() == []
    assert set(RefusalLine.objects.values_list("outcome", "why")) == {("left_out", "")}
    assert len(plan(hiring).told) == 5


def test_what_has_become_impossible_is_left_out_and_a_settled_line_is_let_be(hiring, rows, hr):
    ordered = order(hiring, hr, picked=[rows[0].pk])
    BulkRefusal.objects.update(texts={"nb": {"reason": "", "words": ""}})
    assert (carried_out(ordered).told, told_now()) == (0, [])
    line = RefusalLine.objects.get()
    assert line.why == "moved"
    refusing._settle(ordered, line.pk, TEXTS)
    assert told_now() == [] and RefusalLine.objects.get().settled_at == line.settled_at


def test_without_a_person_there_is_no_order(hiring, rows):
    with pytest.raises(actions.NotPossible):
        order(hiring, None)
    assert not BulkRefusal.objects.exists()


def test_the_decision_is_of_the_day_it_was_ordered_as_the_mail_says(hiring, rows, hr, frozen_day):
    frozen_day("2027-03-02")
    ordered = order(hiring, hr)
    frozen_day("2027-03-03")
    assert carried_out(ordered).told == 5
    row = Application.objects.first()
    assert row.decided_on.isoformat() == row.clock_from.isoformat() == "2027-03-02"
    assert all("3. september 2027" in text or "3 September 2027" in text for _to, _title, text in told_now())


def test_a_job_of_an_order_that_is_gone_does_nothing(hiring, rows):
    actions.carry_out_refusal(hiring.pk)
    assert told_now() == []


def test_erasing_the_colleague_empties_who_ordered(hiring, rows, hr):
    ordered = order(hiring, hr)
    get_user_model().objects.filter(pk=hr.pk).delete()
    ordered.refresh_from_db()
    assert ordered.ordered_by is None and ordered.shown == 5


def test_a_line_goes_with_its_application(hiring, rows, hr):
    carried_out(order(hiring, hr))
    actions.withdraw_application(rows[0], by=None)
    from cn_portal import work

    work.drain()
    assert not Application.objects.filter(pk=rows[0].pk).exists()
    assert RefusalLine.objects.count() == 4 and Application.objects.count() == 4
