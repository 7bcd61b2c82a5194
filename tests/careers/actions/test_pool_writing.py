"""HR writes to the talent pool: the mail that was shown, once per person and vacancy, only while the yes stands."""

from datetime import date, timedelta

import pytest

from careers import actions, links
from careers.models import PoolMail, TalentPoolEntry
from privacy import actions as engine
from privacy.models import OutgoingMail
from tests.careers import factories, reading

FIRST, ENDS = date(2026, 3, 10), date(2027, 3, 10)


@pytest.fixture
def hr(db):
    return factories.make_staff(actions.HR)


@pytest.fixture
def entries(wordings, frozen_day):
    """Two people in the pool: one Norwegian, one English."""
    frozen_day(FIRST)
    vacancy = factories.make_vacancy()
    for language in ("nb", "en"):
        factories.submit(vacancy, pool=True, cv=False, language=language)
    return list(TalentPoolEntry.objects.order_by("-subject__language"))


@pytest.fixture
def vacancy(entries):
    return factories.make_vacancy(title="Servicetekniker i Drammen", town="Drammen")


def shown(vacancy):
    return actions.preview_pool_letter(vacancy).digest


def test_what_is_sent_is_what_was_shown_but_for_the_link_for_leaving(vacancy, entries, hr, drain, mailoutbox):
    preview = actions.preview_pool_letter(vacancy)
    assert actions.write_to_pool(vacancy, entries=entries, shown=preview.digest, by=hr).sent == 2
    drain()
    sent = {mail.to[0]: mail for mail in mailoutbox if "Servicetekniker i Drammen" in mail.subject}
    for entry, letter, words in zip(entries, preview.letters, ("[din egen lenke]", "[your own link]"), strict=True):
        mail = sent[entry.email]
        assert entry.subject.language == letter.language and words in letter.text
        assert mail.subject == letter.title
        assert mail.body.strip() == letter.text.replace(words, links.pool_url(entry)).strip()
        assert entry.full_name not in mail.body


def test_each_person_hears_of_a_vacancy_once(vacancy, entries, hr):
    first = actions.write_to_pool(vacancy, entries=entries[:1], shown=shown(vacancy), by=hr)
    again = actions.write_to_pool(vacancy, entries=entries, shown=shown(vacancy), by=hr)
    assert ((first.sent, first.left_out), (again.sent, again.left_out)) == ((1, 0), (1, 1))
    assert sorted(PoolMail.objects.values_list("entry", flat=True)) == sorted(each.pk for each in entries)
    assert len(reading.mails("pool_vacancy")) == 2
    other = factories.make_vacancy()
    assert {each.pk for each in actions.reachable(other)} == {each.pk for each in entries}
    written = PoolMail.objects.get(entry=entries[0])
    assert reading.acts(written) == ["talent_pool.written_to"] and written.written_by == hr


def test_the_mail_goes_only_while_the_yes_stands_at_the_moment_of_delivery(vacancy, entries, hr, drain):
    actions.write_to_pool(vacancy, entries=entries, shown=shown(vacancy), by=hr)
    engine.withdraw_consent(entries[0].subject, purpose=actions.POOL, method="my-data", by=None)
    drain()
    states = dict(OutgoingMail.objects.filter(template="careers/mail/pool_vacancy").values_list("subject", "state"))
    assert states == {entries[0].subject_id: "cancelled", entries[1].subject_id: "sent"}


@pytest.mark.parametrize(("day", "reached"), [(ENDS, 2), (ENDS + timedelta(days=1), 0), (ENDS + timedelta(days=7), 0)])
def test_nobody_is_reached_after_the_last_day_of_their_yes(entries, frozen_day, day, reached):
    frozen_day(day)
    vacancy = factories.make_vacancy()
    assert TalentPoolEntry.objects.count() == 2, "the night has not been here"
    assert len(actions.reachable(vacancy)) == reached


def test_left_out_are_who_left_who_is_paused_and_who_has_applied(vacancy, entries, hr, frozen_day):
    paused, left = entries
    user = factories.make_user()
    frozen_day(FIRST)
    applied = factories.submit(factories.make_vacancy(), user=user, pool=True, cv=False)
    factories.submit(vacancy, user=user, cv=False)
    assert len(actions.reachable(vacancy)) == 2
    engine.restrict(paused.subject, ground="accuracy", by=None)
    actions.leave_talent_pool(left, by=None)
    everybody = [paused, left, applied.subject.talent_pool.get()]
    result = actions.write_to_pool(vacancy, entries=everybody, shown=shown(vacancy), by=hr)
    assert (result.sent, result.left_out) == (0, 3) and reading.mails("pool_vacancy") == []


def test_another_text_than_was_shown_is_refused(vacancy, entries, hr):
    digest = shown(vacancy)
    vacancy.lead = "Nå med firmabil."
    vacancy.save()
    with pytest.raises(actions.NotPossible):
        actions.write_to_pool(vacancy, entries=entries, shown=digest, by=hr)
    assert not PoolMail.objects.exists() and shown(vacancy) != digest


def test_nobody_is_written_to_about_a_vacancy_that_has_closed_or_by_a_machine(vacancy, entries, hr, frozen_day):
    with pytest.raises(actions.NotPossible):
        actions.write_to_pool(vacancy, entries=entries, shown=shown(vacancy), by=None)
    digest = shown(vacancy)
    frozen_day(FIRST + timedelta(days=30))
    with pytest.raises(actions.NotPossible):
        actions.write_to_pool(vacancy, entries=entries, shown=digest, by=hr)
    assert not PoolMail.objects.exists()


def test_an_english_page_of_the_vacancy_is_what_english_readers_get(entries, wordings):
    norwegian = factories.make_vacancy(title="Lagermedarbeider", reference="POOL-EN")
    key = norwegian.translation_key
    factories.make_vacancy("en", title="Warehouse worker", reference="POOL-EN", translation_key=key)
    titles = [letter.title for letter in actions.preview_pool_letter(norwegian).letters]
    assert "Lagermedarbeider" in titles[0] and "Warehouse worker" in titles[1]


def test_somebody_who_goes_while_the_mails_are_written_gets_none(vacancy, entries, hr, monkeypatch):
    from careers.actions import pool_writing

    monkeypatch.setattr(pool_writing, "may_be_written_to", lambda ends_on, day: False)
    assert actions.write_to_pool(vacancy, entries=entries, shown=shown(vacancy), by=hr).sent == 0
    assert not PoolMail.objects.exists()


def test_of_two_colleagues_who_press_at_once_one_writes(vacancy, entries, hr):
    from careers.actions.pool_writing import _write

    assert [_write(entries[0], vacancy, hr), _write(entries[0], vacancy, hr)] == [True, False]
    assert len(reading.mails("pool_vacancy")) == 1
