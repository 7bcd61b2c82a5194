"""Trip d: the nightly run erases what is due on its day, keeps what the law holds, and takes it when the hold ends."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careers import actions as careers
from careers.kept import deleted_on, kept_until
from careers.models import Application
from cn_portal import schedule
from cn_portal.demo.applicants import cv_of
from crm import actions
from crm.models import Contact, Interaction, Invoice, Order
from privacy import actions as engine
from privacy.models import ConsentEvent, DataSubject, Erasure, LegalHold, StoredFile
from tests.trips.customers import make_customer, make_order, settle

OSLO = ZoneInfo("Europe/Oslo")
FIRST_DAY = "2026-03-10"
# 24 months after the last dealings, and 42 months after the purchase: the last day each is kept, and the next.
LAST_CONTACT_DAY, LAST_ORDER_DAY = date(2028, 3, 10), date(2029, 9, 10)
LAST_INVOICE_DAY = date(2031, 12, 31)


@pytest.fixture
def bought(frozen_day, colleagues):
    """Somebody who bought once, on 10 March 2026, and was never dealt with again."""
    frozen_day(FIRST_DAY)
    seller = colleagues["seller"]
    day = date.fromisoformat(FIRST_DAY)
    contact = make_customer("Gudrun Prøvesen", "gudrun", by=seller, known_since=day)
    order = make_order(contact, by=seller, ordered_on=day)
    settle(order, by=seller)
    return contact


def night(day, frozen_day):
    """The clock stands in the night of this day, and everything daily is run."""
    frozen_day(day.isoformat())
    results = schedule.run_all(as_of=datetime(day.year, day.month, day.day, 3, 30, tzinfo=OSLO))
    assert schedule.failed(results) == []
    return results


def there(contact):
    """What is left of somebody, by kind."""
    subject = contact.subject_id
    return {model.__name__ for model in (Contact, Order, Invoice) if model.objects.filter(subject=subject).exists()}


def test_each_thing_goes_the_day_after_its_last_and_the_invoice_last_of_all(bought, colleagues, frozen_day, find):
    assert there(bought) == {"Contact", "Order", "Invoice"}
    one = timedelta(days=1)
    for last, before, after in (
        (LAST_CONTACT_DAY, {"Contact", "Order", "Invoice"}, {"Order", "Invoice"}),
        (LAST_ORDER_DAY, {"Order", "Invoice"}, {"Invoice"}),
        (LAST_INVOICE_DAY, {"Invoice"}, set()),
    ):
        night(last, frozen_day)
        assert there(bought) == before, last
        night(last + one, frozen_day)
        assert there(bought) == after, last + one
    assert find("Gudrun Prøvesen", kept=True) == set()


def test_whoever_is_dealt_with_again_stays_and_so_does_the_neighbour(bought, colleagues, frozen_day):
    leader = colleagues["leader"]
    neighbour = make_customer("Nabo Nilsen", "nabo", number=2, by=leader, known_since=date(2026, 3, 10))
    frozen_day("2028-03-01")
    actions.record_interaction(neighbour, kind="call", happened_on=date(2028, 3, 1), text="Ringte.", by=leader)
    night(LAST_CONTACT_DAY + timedelta(days=1), frozen_day)
    assert not Contact.objects.filter(pk=bought.pk).exists()
    assert Contact.objects.filter(pk=neighbour.pk).exists()
    assert Interaction.objects.filter(contact=neighbour).count() == 1


def test_an_erasure_waits_for_the_hold_and_is_finished_when_it_ends(bought, colleagues, frozen_day, drain, find):
    erasure = engine.request_erasure(bought.subject, cause="request", by=colleagues["privacy"])
    drain()
    erasure.refresh_from_db()
    assert (erasure.state, there(bought)) == (Erasure.State.WAITING, {"Invoice"})
    assert find("Gudrun Prøvesen") == set()
    assert LegalHold.objects.get(subject=bought.subject).until == LAST_INVOICE_DAY

    night(LAST_INVOICE_DAY, frozen_day)
    erasure.refresh_from_db()
    assert (erasure.state, there(bought)) == (Erasure.State.WAITING, {"Invoice"})

    night(LAST_INVOICE_DAY + timedelta(days=1), frozen_day)
    drain()
    erasure.refresh_from_db()
    assert (erasure.state, there(bought)) == (Erasure.State.DONE, set())
    assert DataSubject.objects.get(pk=bought.subject_id).state == DataSubject.State.ERASED
    assert find("Gudrun Prøvesen", kept=True) == set()


def test_an_undecided_application_goes_six_months_after_the_deadline(frozen_day, db, colleagues, site, drain):
    vacancy = site["apprentice"]["nb"]
    row = careers.submit_application(
        vacancy,
        token="8a0f4f6e-3f0e-4d7c-9d0e-1f2a3b4c5d6e",
        name="Sunniva Prøvesen",
        email="sunniva@soker.example",
        phone="",
        message="Jeg vil lære.",
        cv=cv_of("Sunniva Prøvesen", "sunniva@soker.example", "nb"),
        consent_text=engine.text_for(careers.RECRUITMENT, "nb"),
        talent_pool_text=None,
        language="nb",
        user=None,
        by=None,
    )
    drain()
    night(kept_until(row.clock_from), frozen_day)
    assert Application.objects.filter(pk=row.pk).exists()
    assert StoredFile.objects.count() == 1
    night(deleted_on(row.clock_from), frozen_day)
    assert not Application.objects.exists()
    assert not StoredFile.objects.exists()
    assert ConsentEvent.objects.filter(purpose="recruitment").exists(), "the proof outlives the application"


def test_a_second_night_the_same_day_changes_nothing(bought, frozen_day):
    after = LAST_CONTACT_DAY + timedelta(days=1)
    night(after, frozen_day)
    before = there(bought)
    results = night(after, frozen_day)
    assert there(bought) == before == {"Order", "Invoice"}
    assert not any(
        each["deleted"] for each in results["privacy.retention"]["classes"] if each["model"].startswith("crm.")
    )
