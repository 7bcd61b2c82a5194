"""A rehearsal shows exactly what an act sends, and leaves nothing behind."""

import pytest

from privacy import actions
from privacy.actions.mail import _message, open_mail
from privacy.actions.rehearsal import rehearse
from privacy.models import Job, OutgoingMail, RequestEvent, TrailEntry


@pytest.fixture
def case(siv):
    return actions.open_request(siv.subject, right="access", by=siv)


def counts():
    return [model.objects.count() for model in (OutgoingMail, Job, RequestEvent, TrailEntry)]


def test_what_is_shown_is_what_is_sent(case, per):
    def act():
        actions.extend(case, reason_code="complexity", text="Det er mye & mangt.", by=per)

    before = counts()
    shown = rehearse(case, act)
    assert shown.is_mailed and shown.words == "Det er mye & mangt." and case.number in shown.subject
    assert counts() == before and "extended" not in case.events.values_list("kind", flat=True)
    case.refresh_from_db()
    act()
    mail = OutgoingMail.objects.order_by("-queued_at").first()
    sent = _message(mail, *open_mail(mail))
    assert (shown.subject, shown.body) == (sent.subject, sent.body.strip())


def test_words_that_stand_in_the_mail_are_shown_once(db, per):
    case = actions.register_letter(
        right="access",
        channel="email",
        received_on=actions.request_case.today(),
        text="Innsyn.",
        contact={"email": "a@gjest.example"},
        by=per,
    )
    shown = rehearse(case, lambda: actions.ask(case, what="identity", text="Hvem er du & dine?", by=per))
    assert "Hvem er du & dine?" in shown.body and not shown.says_more


def test_words_that_are_not_in_the_mail_are_shown_beside_it(case, per):
    shown = rehearse(case, lambda: actions.answer(case, outcome="fulfilled", text="Se siden din.", by=per))
    assert shown.says_more and "Se siden din." not in shown.body


def test_without_a_mailbox_there_are_only_the_words(db, per):
    case = actions.register_letter(
        right="access",
        channel="letter",
        received_on=actions.request_case.today(),
        text="Innsyn.",
        contact={"postal_address": "Kaigata 1"},
        by=per,
    )
    shown = rehearse(case, lambda: actions.answer(case, outcome="fulfilled", text="Ingenting.", by=per))
    assert (shown.is_mailed, shown.words) == (False, "Ingenting.")


def test_an_act_that_sends_nothing_shows_nothing(case, per):
    shown = rehearse(case, lambda: actions.take_up(case, by=per))
    assert (shown.subject, shown.body, shown.words) == ("", "", "")


def test_a_refusal_comes_through(case, per):
    with pytest.raises(actions.RequestRefused):
        rehearse(case, lambda: actions.extend(case, reason_code="complexity", text=" ", by=per))
