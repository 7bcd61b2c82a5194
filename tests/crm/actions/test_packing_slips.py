"""Packing slips: kept by law apart from the account, and as long as an invoice that refers to them (L38, T14)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from crm import actions
from crm.models import Contact, Delivery, Invoice, Order
from privacy.actions import carry_out, erase_rows, open_account, place_hold, plan_erasure, request_erasure
from privacy.actions.hold_trimming import trim_kept
from privacy.actions.retention import run_retention
from privacy.actions.subjects import STEP_UP_KEY
from privacy.models import LegalHold
from tests.crm import factories

pytestmark = pytest.mark.django_db
BACKEND = "cn_portal.accounts.backends.PasswordBackend"
SENT = date(2026, 3, 10)
LAW = "bokføringsloven § 13"
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(SENT.isoformat())


def sent(placed=None, **facts):
    placed = placed or factories.order(ordered_on=SENT)
    return actions.book_delivery(factories.delivery(placed=placed, **facts), by=None)


def finished(placed):
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)


def at(day):
    return datetime.combine(day, time(2), tzinfo=OSLO)


def standing(record):
    holds = LegalHold.objects.filter(object_pk=str(record.pk), released_at=None)
    return [(hold.kind, hold.law, hold.until) for hold in holds.order_by("until")]


def test_what_is_planned_is_no_packing_slip_and_what_is_sent_is():
    planned, slip = factories.delivery(), sent()
    assert standing(planned) == [] and (planned.order_number, planned.slip) == ("", [])
    slip.refresh_from_db()
    assert standing(slip) == [("acc_secondary", LAW, date(2030, 6, 30))]
    assert slip.order_number == slip.order.number
    assert slip.slip == [{"product": "Blast pot 200 l", "quantity": 2}, {"product": "Steel grit G25", "quantity": 40}]


def test_another_accounting_year_moves_the_day(settings):
    settings.ACCOUNTING_YEAR_LAST_MONTH = 6
    slip = sent()
    assert standing(slip) == [("acc_secondary", LAW, date(2029, 12, 31))]
    made = actions.issue_invoice(slip.order, by=None, issued_on=date(2026, 7, 1))
    assert standing(made) == [("acc_primary", LAW, date(2032, 6, 30))]


def test_an_invoice_that_refers_to_it_makes_it_primary():
    slip, other = sent(), sent()
    made = actions.issue_invoice(slip.order, by=None, issued_on=SENT)
    assert made.slips == [slip.shipment_reference]
    assert standing(slip) == [("acc_primary", LAW, date(2031, 12, 31))] == standing(made)
    assert standing(other) == [("acc_secondary", LAW, date(2030, 6, 30))]
    assert LegalHold.objects.get(object_pk=str(slip.pk), kind="acc_secondary").state == "released"


def test_an_invoice_before_the_goods_were_sent_refers_to_none():
    placed = factories.order(ordered_on=SENT)
    assert actions.issue_invoice(placed, by=None, issued_on=SENT).slips == []
    assert standing(sent(placed)) == [("acc_secondary", LAW, date(2030, 6, 30))]


def test_an_erasure_leaves_of_a_slip_what_the_law_needs():
    slip, neighbour = sent(), sent()
    assert (slip.phone, slip.email != "") == ("+4799999901", True)
    finished(slip.order)
    carry_out(request_erasure(slip.subject, cause="request", by=None), day=date(2026, 6, 1))
    assert list(Order.objects.all()) == [neighbour.order] and Contact.objects.count() == 1
    kept = Delivery.objects.get(pk=slip.pk)
    assert (kept.phone, kept.email, kept.order) == ("", "", None)
    assert (kept.receiver_name, kept.address_line_1, kept.order_number) == (
        slip.receiver_name,
        "Kaiveien 1",
        slip.order_number,
    )
    neighbour.refresh_from_db()
    assert neighbour.phone == "+4799999901"


@pytest.mark.parametrize(("day", "there"), [(date(2030, 6, 30), True), (date(2030, 7, 1), False)])
def test_a_slip_goes_with_the_first_run_after_its_day(day, there):
    slip = sent()
    finished(slip.order)
    run_retention(as_of=at(day), allow_large=True)
    assert Delivery.objects.filter(pk=slip.pk).exists() is there
    assert not Order.objects.exists()


def test_when_the_account_s_time_is_over_only_the_law_s_part_is_left(frozen_day):
    slip, young = sent(), sent()
    finished(slip.order)
    Delivery.objects.filter(pk=young.pk).update(planned_on=date(2029, 9, 1))
    assert trim_kept(as_of=at(date(2029, 9, 10))) == {}
    assert trim_kept(as_of=at(date(2029, 9, 11)), dry_run=True) == {"crm.Delivery": 1}
    slip.refresh_from_db()
    assert slip.email
    assert trim_kept(as_of=at(date(2029, 9, 11))) == {"crm.Delivery": 1}
    kept = Delivery.objects.get(pk=slip.pk)
    assert (kept.phone, kept.email, kept.receiver_name) == ("", "", slip.receiver_name)
    assert Delivery.objects.get(pk=young.pk).email
    assert trim_kept(as_of=at(date(2029, 9, 12))) == {}


def test_a_claim_needs_the_whole_of_a_record_that_a_law_keeps_in_part():
    slip = sent()
    claim = {"subject": slip.subject, "ground": "claim", "law": "GDPR Art 17(3)(e)", "reason": "open-dispute"}
    place_hold(slip, until=date(2029, 12, 31), by=None, **claim)
    finished(slip.order)
    assert trim_kept(as_of=at(date(2029, 9, 11))) == {}
    carry_out(request_erasure(slip.subject, cause="request", by=None), day=date(2029, 12, 31))
    assert Delivery.objects.get(pk=slip.pk).phone == "+4799999901"
    assert trim_kept(as_of=at(date(2030, 1, 1))) == {"crm.Delivery": 1}


def test_the_longer_clock_never_brings_a_purchase_back_to_the_account(frozen_day, settings):
    slip = sent()
    finished(slip.order)
    contact = slip.order.contact
    user = open_account(contact.subject, email=contact.email, by=None)
    client = Client(headers={"accept-language": "en"})
    for day, in_account in (("2029-09-10", True), ("2029-09-11", False)):
        frozen_day(day)
        client.force_login(user, backend=BACKEND)
        session = client.session
        session[STEP_UP_KEY] = timezone.now().timestamp()
        session.save()
        page = client.get("/my-data/").text
        archive = page.partition('id="archive"')[2].partition("</section>")[0]
        account = page.replace(archive, "")
        assert (slip.receiver_name in account.partition('id="deliveries"')[2].partition("</article>")[0]) is in_account
        assert (str(slip.pk)[:8] in archive) is not in_account
        assert ("30" in archive and "2030" in archive) is not in_account


def test_staff_meet_no_archived_delivery(as_seller, frozen_day):
    slip = sent()
    assert as_seller.get(f"/admin/delivery/inspect/{slip.pk}/").status_code == 200
    frozen_day("2029-09-11")
    assert as_seller.get(f"/admin/delivery/inspect/{slip.pk}/").status_code in (302, 404)


def test_the_plan_says_why_and_until_when():
    slip = sent()
    finished(slip.order)
    actions.issue_invoice(slip.order, by=None, issued_on=SENT)
    for day, held in ((date(2031, 12, 31), True), (date(2032, 1, 1), False)):
        kept = {item.model: (item.law, item.until) for item in plan_erasure(slip.subject, day=day).held}
        both = {"crm.Delivery": (LAW, date(2031, 12, 31)), "crm.Invoice": (LAW, date(2031, 12, 31))}
        assert kept == (both if held else {})


def test_one_held_record_never_exempts_the_person():
    slip = sent()
    finished(slip.order)
    made = actions.issue_invoice(slip.order, by=None, issued_on=SENT)
    spoke = actions.record_interaction(slip.order.contact, kind="call", happened_on=SENT, text="Ringte", by=None)
    carry_out(erase_rows(type(spoke), subject=spoke.subject, pks=[spoke.pk], cause="staff", by=None))
    erasure = carry_out(request_erasure(slip.subject, cause="request", by=None), day=date(2026, 6, 1))
    assert erasure.state == "waiting" and not Contact.objects.exists()
    assert Invoice.objects.get() == made and Delivery.objects.get().pk == slip.pk


def test_goods_that_arrive_after_their_order_has_gone_still_arrive():
    slip = sent()
    Delivery.objects.filter(pk=slip.pk).update(order=None)
    slip.refresh_from_db()
    assert actions.confirm_delivered(slip, by=None).state == "delivered"
