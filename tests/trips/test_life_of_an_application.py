"""The whole life of an application on one clock: begun, left, taken up again, sent, changed, met, refused with a mail,
the talent pool, the question a year later, silence, and the day on which nothing is left but the proof (N32, L21)."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from careers import actions, kept
from careers.models import Application, ApplicationDraft, TalentPoolEntry
from cn_portal import schedule
from privacy import actions as engine
from privacy.models import ConsentEvent, ConsentState, DataSubject, OutgoingMail, StoredFile
from tests.careers import factories, reading, steps
from tests.trips.visitor import links_in

OSLO = ZoneInfo("Europe/Oslo")
BEGUN, CLOSES = date(2026, 3, 2), date(2026, 3, 20)
REFUSED = date(2026, 4, 15)
ONE = timedelta(days=1)


def night(day, frozen_day, drain):
    """The clock stands in the night of this day; everything daily is run, and the worker after it."""
    frozen_day(day.isoformat())
    results = schedule.run_all(as_of=datetime(day.year, day.month, day.day, 3, 30, tzinfo=OSLO))
    assert schedule.failed(results) == [], results
    drain()


def newest(mailoutbox, word):
    return next(mail for mail in reversed(mailoutbox) if word in mail.subject + mail.body)


def signed_in(person):
    """A browser of the applicant, signed in today: a session does not last as long as a life."""
    return factories.sign_in(Client(), person)


def local(link):
    return re.sub(r"^https?://[^/]+", "", link)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_from_the_first_word_to_the_last_day(language, db, frozen_day, drain, mailoutbox):
    frozen_day(BEGUN)
    actions.ensure_consent_texts()
    hr = factories.make_staff(actions.HR)
    closing = datetime(2026, 3, 20, 23, 59, tzinfo=OSLO)
    vacancy = factories.make_vacancy(
        language,
        opens_at=datetime(2026, 3, 1, tzinfo=OSLO),
        closes_at=closing,
        title="Life" if language == "en" else "Liv",
    )
    visitor = Client(headers={"accept-language": language})

    # Begun on one day, left, and taken up again a week later on another machine by the link from the mail.
    steps.send(visitor, vacancy, **steps.DETAILS)
    draft = ApplicationDraft.objects.get()
    actions.mail_draft_link(draft, by=None)
    drain()
    night(BEGUN + timedelta(days=7), frozen_day, drain)
    other_machine = Client(headers={"accept-language": language})
    back = local(links_in(newest(mailoutbox, "/applications/draft/").body)[0])
    assert other_machine.get(back).status_code == 200
    other_machine.post(back)
    steps.send(other_machine, vacancy, "documents", message="Jeg har skiftet mange dyser.", cv=factories.upload())
    assert steps.send(other_machine, vacancy, "send", consent="on").status_code == 302
    application = Application.objects.get()
    assert not ApplicationDraft.objects.exists() and StoredFile.objects.exists()
    drain()
    assert kept.gone_on(application) == date(2026, 9, 21), "six months after the deadline, until somebody decides"

    # The mailbox is proved, the page opened, and the letter changed before the deadline.
    confirm = local(
        next(link for link in links_in(newest(mailoutbox, "/applications/confirm/").body) if "/confirm/" in link)
    )
    other_machine.post(confirm)
    application.refresh_from_db()
    person = application.subject.account
    frozen_day(CLOSES)
    actions.change_application(application, changes={"message": "Og jeg kan sveise."}, answers={}, files={}, by=person)
    page = f"/applications/{application.pk}/"
    assert "Og jeg kan sveise." in signed_in(person).get(page).content.decode()
    frozen_day(CLOSES + ONE)
    with pytest.raises(actions.NotPossible):
        actions.change_application(application, changes={"message": "For sent."}, answers={}, files={}, by=person)

    # Read, invited, met.
    actions.move_application(application, to="read", by=hr, reason="")
    actions.move_application(application, to="interview", by=hr, reason="")
    times = [datetime(2026, 3, 30, hour, tzinfo=OSLO) for hour in (9, 13)]
    meeting = actions.offer_interview(
        application, times=times, minutes=45, kind="place", place="Drammen", with_whom="HR", message="", by=hr
    )
    actions.choose_time(meeting, slot=meeting.slots.order_by("starts_at").first().pk, by=person)
    drain()

    # Refused by a person, with the mail that was shown; the six months count from this day.
    frozen_day(REFUSED)
    application.refresh_from_db()
    reason = "Andre hadde mer erfaring."
    shown = actions.preview_move(application, to="rejected", reason=reason)
    actions.move_application(application, to="rejected", by=hr, reason=reason, shown=shown.digest)
    drain()
    assert newest(mailoutbox, shown.letter.title).body.strip() == shown.letter.text.strip()
    html = signed_in(person).get(page).content.decode()
    application.refresh_from_db()
    assert kept.gone_on(application) == date(2026, 10, 16) and reason in html

    # The talent pool is a question of its own, answered with a press.
    text = engine.text_for(actions.POOL, language)
    assert text.sha256 in html and not TalentPoolEntry.objects.exists()
    signed_in(person).post(f"{page}talent-pool/", {"answer": "yes", "wording": text.sha256})
    entry = TalentPoolEntry.objects.get()
    assert entry.ends_on == date(2027, 4, 15)

    # The application goes on its day, the talent pool entry stays.
    night(date(2026, 10, 15), frozen_day, drain)
    assert Application.objects.filter(pk=application.pk).exists()
    night(date(2026, 10, 16), frozen_day, drain)
    assert not Application.objects.exists() and not StoredFile.objects.exists()
    assert signed_in(person).get(page).status_code == 404
    assert TalentPoolEntry.objects.get() == entry

    # Asked a month before the end, once, and silence.
    night(date(2027, 3, 15), frozen_day, drain)
    assert not OutgoingMail.objects.filter(template="careers/mail/pool_renewal").exists()
    night(date(2027, 3, 16), frozen_day, drain)
    asked = next(mail for mail in mailoutbox if "/talent-pool/by-link/" in mail.body)
    answer = local(links_in(asked.body)[0])
    assert visitor.get(answer).content.decode().count('class="button even"') == 2
    night(date(2027, 4, 15), frozen_day, drain)
    state = ConsentState.objects.get(purpose=actions.POOL)
    assert state.state == "given" and OutgoingMail.objects.filter(template="careers/mail/pool_renewal").count() == 1
    night(date(2027, 4, 16), frozen_day, drain)
    state.refresh_from_db()
    assert state.state == "expired" and TalentPoolEntry.objects.exists()
    assert actions.reachable(factories.make_vacancy(language)) == []
    night(date(2027, 4, 22), frozen_day, drain)
    assert TalentPoolEntry.objects.exists(), "the last day of the week in which a late yes counts"
    night(date(2027, 4, 23), frozen_day, drain)
    assert not TalentPoolEntry.objects.exists()
    assert visitor.get(answer).status_code == 200

    # What is left: the proof of both consents, without a name, and the page they may still sign in to.
    kinds = ConsentEvent.objects.filter(subject=entry.subject_id).values_list("purpose", "kind")
    assert {("recruitment", "given"), (actions.POOL, "given"), (actions.POOL, "expired")} <= set(kinds)
    assert DataSubject.objects.get(pk=entry.subject_id).state == "active"
    assert reading.counts()["Application"] == reading.counts()["StageEvent"] == 0
