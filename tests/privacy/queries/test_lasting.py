"""What owners tell people about the end of a row, and what else we hold about them."""

from datetime import date

import pytest

from careers import actions as careers
from careers.models import Application, ApplicationFile
from crm.models import Contact
from privacy import actions
from privacy.queries import held_besides, held_by, kept_from, kept_until, period_of
from privacy.registry import declaration_of
from tests.careers import factories
from tests.crm import factories as customers


@pytest.fixture
def application(db):
    careers.ensure_consent_texts()
    row = factories.submit(factories.make_vacancy(), cv=False)
    Application.objects.update(clock_from=date(2026, 8, 31))
    row.refresh_from_db()
    return row


def test_the_last_day_of_a_row_and_of_one_that_is_still_to_come(application):
    assert kept_until(application) == kept_from(Application, date(2026, 8, 31)) == date(2027, 2, 28)
    assert period_of(Application) in ("6 months", "6 måneder")


def test_what_goes_with_a_row_goes_on_its_day(application):
    assert kept_until(ApplicationFile(application=application)) == date(2027, 2, 28)


def test_what_has_no_clock_has_no_day():
    from privacy.models import Suppression

    assert kept_until(Suppression()) is None


def test_a_hold_is_told_with_its_reason(application):
    day = date(2026, 9, 1)
    assert held_by(application, day=day) is None
    staff = factories.make_staff()
    actions.place_hold(
        application,
        subject=application.subject,
        ground="claim",
        law="ldl § 38",
        until=date(2031, 1, 31),
        by=staff,
        reason="Klage.",
    )
    assert (held_by(application, day=day).until, held_by(application, day=day).law) == (date(2031, 1, 31), "ldl § 38")
    assert held_by(factories.submit(factories.make_vacancy(), cv=False), day=day) is None


def test_what_is_held_besides_one_app(application):
    person = application.subject
    assert held_besides(person, app_label="careers") == []
    assert len(held_besides(person, app_label="crm")) >= 1
    contact = customers.contact(full_name="Ingrid Kunde", email="")
    assert str(declaration_of(Contact).title) in held_besides(contact.subject, app_label="careers")
    assert held_besides(person, app_label="careers") == []


def test_another_consent_and_an_open_request_are_something(application):
    person = application.subject
    text = actions.publish_text(
        purpose="newsletter", language="nb", wording="Ja.", how_to_withdraw="Ett trykk.", valid_months=24, by=None
    )
    actions.give_consent(person, text=text, method="form", by=None)
    assert len(held_besides(person, app_label="careers")) == 1
    actions.open_request(person, right="access", by=None)
    assert len(held_besides(person, app_label="careers")) == 2
