"""The demonstration company: complete, the same each time, written once, with nobody real in it."""

import re
from datetime import date, timedelta

from django.utils import timezone
from stdnum.no import orgnr

from careers import actions
from careers.models import (
    Application,
    Assessment,
    DecisionRecord,
    Finding,
    HireQuestion,
    Interview,
    Question,
    Referee,
    StageEvent,
    State,
    TalentPoolEntry,
    VacancyPage,
    VacancyShare,
)
from careers.rules.stages import ON_BOARD
from cn_portal.accounts.models import User
from cn_portal.sign_ins import SIGN_INS
from crm.models import Contact, Delivery, Invoice, Order, Organisation
from privacy import actions as engine
from privacy.models import DataSubject, Disclosure, Erasure, LegalHold, RecipientNotice, StoredFile, TrailEntry
from privacy.queries import may_use

ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


def test_every_address_is_reserved_and_every_number_valid(small_company):
    addresses = set()
    for model in (User, Contact, Delivery):
        addresses |= set(model.objects.exclude(email="").values_list("email", flat=True))
    addresses |= {row.email for row in Application.objects.select_related("subject")}
    assert len(addresses) > 25
    assert {address for address in addresses if not address.endswith(".example")} == set()
    websites = set(Organisation.objects.values_list("website", flat=True))
    assert {website for website in websites if not website.endswith(".example")} == set()
    numbers = Organisation.objects.values_list("org_number", flat=True)
    assert all(orgnr.is_valid(number) and number[0] == "1" for number in numbers)


def test_the_sign_ins_are_those_that_are_announced(small_company):
    accounts = User.objects.filter(demo=True)
    assert set(accounts.values_list("email", flat=True)) == {address for address, *_ in SIGN_INS}
    assert not accounts.filter(is_superuser=True).exists()
    assert set(accounts.filter(is_staff=True).values_list("email", flat=True)) == {
        address for address, _who, staff in SIGN_INS if staff
    }


def test_numbers_follow_the_calendar(small_company):
    for model, number, day in ((Order, "number", "ordered_on"), (Invoice, "number", "issued_on")):
        days = list(model.objects.order_by(number).values_list(day, flat=True))
        assert len(days) > 5
        assert days == sorted(days)
    today = timezone.localdate()
    assert max(days) <= today
    assert Order.objects.earliest("ordered_on").ordered_on < today - timedelta(days=3 * 365)


def test_every_invoice_of_a_person_is_held_for_five_years(small_company):
    invoices = Invoice.objects.filter(subject__isnull=False)
    assert invoices.exists()
    for invoice in invoices:
        hold = LegalHold.objects.get(object_pk=str(invoice.pk))
        assert hold.until == date(invoice.issued_on.year + 5, 12, 31)


def test_every_booked_delivery_is_a_logged_disclosure_and_a_planned_one_is_not(small_company):
    booked = Delivery.objects.exclude(state="planned")
    assert booked.exists()
    about = set(Disclosure.objects.values_list("about_pk", flat=True))
    assert {str(pk) for pk in booked.values_list("pk", flat=True)} <= about
    planned = Delivery.objects.get(state="planned", receiver_name="Kristin Vestad")
    assert str(planned.pk) not in about
    assert planned.carrier.code == "bring"


def test_the_customer_has_orders_invoices_deliveries_and_a_page(small_company):
    user = User.objects.get(email="customer@kunde.example")
    assert user.check_password("correct-horse-battery-staple")
    assert user.subject.orders.count() == 8
    assert user.subject.invoices.count() == 6
    assert set(user.subject.deliveries.values_list("state", flat=True)) == {"planned", "booked", "delivered"}
    assert {item["text"] for item in user.subject.contacts.get().interests} == {"Gjenvinning", "Blåserom"}


def test_the_applicant_has_two_applications_and_consents_to_both(small_company):
    user = User.objects.get(email="applicant@soker.example")
    rows = Application.objects.filter(subject=user.subject)
    assert sorted(rows.values_list("state", flat=True)) == [State.INTERVIEW, State.SUBMITTED]
    assert all(row.consent.purpose == "recruitment" and row.confirmed_at for row in rows)
    assert TalentPoolEntry.objects.filter(subject=user.subject).count() == 1


def test_applicants_are_in_several_stages_each_moved_by_a_person(small_company):
    states = set(Application.objects.values_list("state", flat=True))
    assert {State.SUBMITTED, State.SCREENING, State.INTERVIEW, State.OFFER, State.REJECTED} <= states
    assert set(ON_BOARD) <= set(Application.objects.values_list("step", flat=True))
    assert not StageEvent.objects.filter(actor__isnull=True).exists()
    # Two have not opened the link in their mail, one was registered by hand and has none.
    unproved = Application.objects.filter(confirmed_at__isnull=True)
    assert sorted(unproved.values_list("received_by", flat=True)) == ["form", "form", "phone"]
    files = StoredFile.objects.values_list("media_type", flat=True)
    assert len(files) == Application.objects.filter(received_by="form").count()
    stored = StoredFile.objects.filter(media_type="application/pdf").first()
    with engine.open_file(stored) as plain:
        assert plain.read(5) == b"%PDF-"


def test_the_hiring_leader_has_one_vacancy_until_a_day(small_company):
    share = VacancyShare.objects.get()
    assert share.user.email == "hiring@cn.example"
    assert share.until > timezone.localdate(share.vacancy.closes_at)


def test_vacancies_are_open_in_both_languages_and_linked(small_company, client):
    now = timezone.now()
    pages = VacancyPage.objects.live()
    assert pages.count() == 6
    assert all(page.is_open(now) and page.get_translations().count() == 1 for page in pages)
    answer = client.get(pages.get(slug="servicetekniker").url)
    assert answer.status_code == 200
    assert "Søk" in answer.content.decode()


def test_rights_were_used_and_left_what_the_law_demands(small_company):
    assert DataSubject.objects.filter(state=DataSubject.State.RESTRICTED).count() >= 1
    erasure = Erasure.objects.get(whole=True)
    assert erasure.state == Erasure.State.WAITING
    assert not Contact.objects.filter(subject=erasure.subject).exists()
    assert Invoice.objects.filter(subject=erasure.subject).count() == 1
    assert RecipientNotice.objects.get(erasure=erasure).recipient.code == "ramberg"


def test_all_of_it_is_in_the_trail_without_a_value(small_company):
    acts = set(TrailEntry.objects.values_list("action", flat=True))
    assert {"contact.created", "order.placed", "invoice.issued", "delivery.booked", "consent.given"} <= acts
    said = " ".join(f"{row.reason} {row.field_names}" for row in TrailEntry.objects.all())
    assert said
    assert not ADDRESS.search(said)


def test_one_yes_stands_and_one_has_run_out(small_company):
    subject, today = User.objects.get(email="customer@kunde.example").subject, timezone.localdate()
    states = {state.purpose: state for state in subject.consents.all()}
    assert {code: state.state for code, state in states.items()} == {
        "marketing-email": "given",
        "marketing-phone": "expired",
    }
    assert timezone.localdate(states["marketing-email"].since) == today - timedelta(days=200)
    assert states["marketing-email"].valid_until > today
    assert may_use(subject, purpose="marketing-email", day=today)
    assert not may_use(subject, purpose="marketing-phone", day=today)
    first, last = subject.consent_events.filter(purpose="marketing-phone").order_by("at")
    assert (first.kind, last.kind) == ("given", "expired")
    assert timezone.localdate(last.at) == first.valid_until + timedelta(days=1) < today
    assert engine.verify() == []


def test_every_page_of_hiring_has_something_to_show(small_company):
    assert Question.objects.count() == 3
    asked = Application.objects.filter(vacancy_reference=Question.objects.first().hiring.reference)
    assert {row.answers.count() for row in asked} == {3}
    assert Assessment.objects.filter(submitted_at__isnull=False).count() == 3
    assert Assessment.objects.get(submitted_at__isnull=True).author.email == "hiring@cn.example"
    assert sorted(Interview.objects.values_list("state", flat=True)) == ["agreed", "offered"]
    assert actions.may_ask(Referee.objects.get())
    assert Finding.objects.get().state == Finding.State.OPEN
    assert Application.objects.get(state=State.HIRED).starts_on > timezone.localdate()
    assert DecisionRecord.objects.count() == 1
    assert sorted(HireQuestion.objects.values_list("answer", flat=True)) == ["", "written"]
    entry = TalentPoolEntry.objects.get(asked_on__isnull=False)
    assert (entry.ends_on - timezone.localdate()).days == 21
