"""The talent pool: a yes of its own, renewed once, ended by silence, and never a mail without it (N32, L21)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careers import actions
from careers.models import TalentPoolEntry
from privacy import actions as engine
from privacy.models import ConsentEvent, ConsentState, DataSubject, OutgoingMail
from privacy.queries import may_use
from tests.careers import factories, reading

OSLO = ZoneInfo("Europe/Oslo")
FIRST = date(2026, 3, 10)
ENDS = date(2027, 3, 10)
ASKED = date(2027, 2, 8)
GONE = date(2027, 3, 18)
ONE = timedelta(days=1)


def text():
    return engine.text_for(actions.POOL, "nb")


def night(day, frozen_day):
    """What the clock does to the pool on a day, in the order in which the nightly run may do it."""
    frozen_day(day)
    moment = datetime.combine(day, datetime.min.time(), tzinfo=OSLO) + timedelta(hours=3)
    asked = actions.ask_for_renewals(as_of=moment)
    engine.expire_consents(as_of=moment)
    actions.end_overdue_yeses(as_of=moment)
    engine.run_retention(as_of=moment, allow_large=True)
    return asked["asked"]


@pytest.fixture
def first_yes(wordings, frozen_day):
    """Somebody who said yes on 10 March 2026, and a neighbour who did so a day later."""
    frozen_day(FIRST + ONE)
    vacancy = factories.make_vacancy(reference="POOL-1")
    user = factories.make_user()
    factories.submit(vacancy, name="Nabo Prøve", pool=True, cv=False)
    frozen_day(FIRST)
    application = factories.submit(vacancy, user=user, pool=True, cv=False)
    return TalentPoolEntry.objects.get(subject=application.subject)


def state_of(entry):
    return ConsentState.objects.get(subject=entry.subject_id, purpose=actions.POOL).state


def test_a_yes_lasts_twelve_months(first_yes):
    assert (first_yes.first_agreed_on, first_yes.agreed_on, first_yes.ends_on) == (FIRST, FIRST, ENDS)
    assert first_yes.consent.valid_until == ENDS
    assert (first_yes.renewed_on, first_yes.asked_on) == (None, None)


def test_we_ask_once_a_month_before_the_end(first_yes, frozen_day):
    assert night(ASKED - ONE, frozen_day) == 0 and reading.mails("pool_renewal") == []
    assert night(ASKED, frozen_day) == 1
    [(to, context)] = reading.mails("pool_renewal")
    assert to == first_yes.email and "/applications/talent-pool/by-link/" in context["renew_url"]
    assert (context["ends_on"], context["deleted_on"]) == ("10. mars 2027", "18. mars 2027")
    first_yes.refresh_from_db()
    assert first_yes.asked_on == ASKED
    assert night(ASKED, frozen_day) == 0 and night(ASKED + ONE, frozen_day) == 1, "the neighbour, a day later"
    assert reading.acts(first_yes)[-1] == "talent_pool.renewal_asked"


def test_a_rehearsal_of_the_question_sends_nothing(first_yes, frozen_day):
    frozen_day(ASKED)
    moment = datetime(2027, 2, 8, 3, tzinfo=OSLO)
    assert actions.ask_for_renewals(as_of=moment, dry_run=True) == {"asked": 1}
    assert reading.mails("pool_renewal") == [] and not TalentPoolEntry.objects.exclude(asked_on=None).exists()


def test_nobody_is_asked_who_has_left_or_whose_data_is_paused(first_yes, frozen_day):
    frozen_day(ASKED + ONE)
    neighbour = TalentPoolEntry.objects.exclude(pk=first_yes.pk).get()
    engine.restrict(neighbour.subject, ground="accuracy", by=None)
    actions.leave_talent_pool(first_yes, by=None)
    assert actions.ask_for_renewals(as_of=datetime(2027, 2, 9, 3, tzinfo=OSLO)) == {"asked": 0}


def test_the_question_is_not_delivered_to_whoever_left_meanwhile(first_yes, frozen_day, drain):
    night(ASKED, frozen_day)
    assert reading.mails("pool_renewal")
    actions.leave_talent_pool(first_yes, by=None)
    drain()
    assert OutgoingMail.objects.get(template="careers/mail/pool_renewal").state == "cancelled"


def test_one_yes_renews_for_twelve_months_and_a_second_one_changes_nothing(first_yes, frozen_day):
    frozen_day(ASKED)
    renewed = actions.renew_pool_entry(first_yes, text=text(), method="link", by=None)
    assert (renewed.first_agreed_on, renewed.renewed_on, renewed.ends_on) == (FIRST, ASKED, date(2028, 2, 8))
    assert renewed.consent.kind == "renewed" and state_of(first_yes) == "renewed"
    before = reading.row_of(renewed), ConsentEvent.objects.count()
    actions.renew_pool_entry(first_yes, text=text(), method="link", by=None)
    assert (reading.row_of(renewed), ConsentEvent.objects.count()) == before
    assert reading.acts(first_yes).count("talent_pool.renewed") == 1


@pytest.mark.parametrize("day", [ASKED - ONE, GONE])
def test_too_early_and_too_late_is_said_and_changes_nothing(first_yes, frozen_day, day):
    frozen_day(day)
    before = reading.row_of(first_yes)
    with pytest.raises(actions.NotPossible, match="Nothing was changed|Ingenting"):
        actions.renew_pool_entry(first_yes, text=text(), method="link", by=None)
    assert reading.row_of(first_yes) == before and not ConsentEvent.objects.filter(kind="renewed").exists()


def test_another_question_renews_nothing(first_yes, frozen_day):
    frozen_day(ASKED)
    with pytest.raises(ValueError, match="question of its own"):
        actions.renew_pool_entry(first_yes, text=engine.text_for(actions.RECRUITMENT, "nb"), method="link", by=None)


def test_silence_ends_the_consent_on_its_last_day_and_the_entry_a_week_later(first_yes, frozen_day, drain):
    neighbour = TalentPoolEntry.objects.exclude(pk=first_yes.pk).get()
    night(ASKED, frozen_day)
    night(ENDS, frozen_day)
    assert state_of(first_yes) == "given" and may_use(first_yes.subject, purpose=actions.POOL, day=ENDS)
    night(ENDS + ONE, frozen_day)
    drain()
    assert state_of(first_yes) == "expired"
    assert TalentPoolEntry.objects.filter(pk=first_yes.pk).exists(), "the week of grace"
    assert reading.acts(first_yes)[-1] == "talent_pool.ended"
    night(GONE - ONE, frozen_day)
    drain()
    assert TalentPoolEntry.objects.filter(pk=first_yes.pk).exists()
    night(GONE, frozen_day)
    assert TalentPoolEntry.objects.get() == neighbour
    night(GONE + ONE, frozen_day)
    assert not TalentPoolEntry.objects.exists()
    assert ConsentEvent.objects.filter(purpose=actions.POOL, kind="expired").count() == 2, "the proof stays"


@pytest.mark.parametrize("days", [1, 7])
def test_a_late_yes_in_the_week_of_grace_still_counts(first_yes, frozen_day, days):
    for late in range(1, days + 1):
        night(ENDS + timedelta(days=late), frozen_day)
    entry = actions.renew_pool_entry(first_yes, text=text(), method="page", by=None)
    # 24 months after the first yes at the most, though the wording says twelve months from today.
    assert entry.ends_on == date(2028, 3, 10) < entry.consent.valid_until
    assert state_of(entry) == "given" and may_use(entry.subject, purpose=actions.POOL, day=entry.agreed_on)


def test_the_second_end_is_the_last_and_has_no_grace(first_yes, frozen_day):
    night(ENDS + ONE, frozen_day)
    actions.renew_pool_entry(first_yes, text=text(), method="page", by=None)
    assert night(date(2028, 2, 9), frozen_day) == 0, "nobody is asked a second time"
    night(date(2028, 3, 10), frozen_day)
    assert state_of(first_yes) == "given" and TalentPoolEntry.objects.filter(pk=first_yes.pk).exists()
    moment = datetime(2028, 3, 11, 3, tzinfo=OSLO)
    frozen_day(date(2028, 3, 11))
    assert actions.end_overdue_yeses(as_of=moment, dry_run=True) == {"ended": 1} and state_of(first_yes) == "given"
    night(date(2028, 3, 11), frozen_day)
    assert not TalentPoolEntry.objects.filter(pk=first_yes.pk).exists()
    assert state_of(first_yes) == "expired"


def test_a_second_application_with_a_yes_is_the_renewal_and_a_third_one_prolongs_nothing(first_yes, frozen_day):
    user = first_yes.subject.account
    frozen_day(date(2026, 9, 1))
    factories.submit(factories.make_vacancy(), user=user, name="Nytt Navn", pool=True, cv=False)
    first_yes.refresh_from_db()
    assert (first_yes.renewed_on, first_yes.ends_on) == (date(2026, 9, 1), date(2027, 9, 1))
    frozen_day(date(2026, 12, 1))
    factories.submit(factories.make_vacancy(), user=user, name="Nyeste Navn", pool=True, cv=False)
    first_yes.refresh_from_db()
    assert (first_yes.ends_on, first_yes.full_name) == (date(2027, 9, 1), "Nyeste Navn")
    assert ConsentEvent.objects.filter(subject=first_yes.subject, kind="renewed").count() == 1


def test_whoever_left_renews_nothing(first_yes, frozen_day, drain):
    frozen_day(ASKED)
    actions.leave_talent_pool(first_yes, by=None)
    for _again in range(2):
        with pytest.raises(actions.NotPossible, match="no longer|ikke lenger"):
            actions.renew_pool_entry(first_yes, text=text(), method="link", by=None)
        drain()
    assert not TalentPoolEntry.objects.filter(pk=first_yes.pk).exists()
    assert not ConsentEvent.objects.filter(kind="renewed").exists()


def test_leaving_in_the_week_of_grace_deletes_at_once(first_yes, frozen_day, drain):
    night(ENDS + ONE, frozen_day)
    drain()
    actions.leave_talent_pool(first_yes, by=None)
    drain()
    assert not TalentPoolEntry.objects.filter(pk=first_yes.pk).exists()
    assert TalentPoolEntry.objects.count() == 1, "the neighbour's"
    assert DataSubject.objects.get(pk=first_yes.subject_id).state == "active", "their application and page stay"


def test_nothing_but_a_persons_own_yes_makes_an_entry(first_yes):
    """HR has a page of the pool and no way to add to it: the right to add is nobody's and there is no such act."""
    from careers.actions.roles import _RIGHTS
    from careers.screens.hr_pool import TalentPoolViewSet

    assert TalentPoolViewSet.create is None and TalentPoolViewSet.change is None and TalentPoolViewSet.remove is None
    assert not [right for rights in _RIGHTS.values() for right in rights if right.startswith("add_talent")]
    assert all(entry.consent.kind in ("given", "renewed") for entry in TalentPoolEntry.objects.all())


def test_another_question_opens_no_pool(first_yes):
    application = first_yes.subject.applications.get()
    with pytest.raises(ValueError, match="question of its own"):
        actions.join_pool(application, text=engine.text_for(actions.RECRUITMENT, "nb"), by=None)


def test_of_two_runs_at_the_same_moment_one_asks(first_yes):
    from careers.actions.pool import _ask

    assert [_ask(first_yes, ASKED), _ask(first_yes, ASKED)] == [True, False]
    assert len(reading.mails("pool_renewal")) == 1
