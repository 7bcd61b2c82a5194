"""Trip c: a customer signs in by mailed code, sees all, downloads, corrects, erases. Only declared keeps are left."""

import io
import json
import zipfile
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from cn_portal.accounts.models import User
from crm import actions
from crm.models import Contact, Delivery, Interaction, Invoice, Order
from privacy.models import Disclosure, LegalHold, RecipientNotice
from tests.trips.customers import deliver, make_customer, make_order, settle
from tests.trips.visitor import Visitor, letter_to, mailed_code

EMAIL = "aslaug.proeve@kunde.example"
NAME = "Åslaug Prøvesen"
SAID = "Spurte om dyser til Kvitholmen."


@pytest.fixture
def aslaug(colleagues):
    """Everything delivered and invoiced; invited to a page of her own."""
    seller = colleagues["seller"]
    contact = make_customer(NAME, "aslaug.proeve", by=seller)
    actions.record_interaction(contact, kind="call", happened_on=timezone.localdate(), text=SAID, by=seller)
    order = make_order(contact, by=seller)
    deliver(order, contact, carrier="tnt", by=seller)
    settle(order, by=seller)
    actions.invite_contact(contact, by=seller)
    return contact


@pytest.fixture
def neighbour(colleagues):
    """Somebody else at the same seller, whom nothing may touch."""
    contact = make_customer("Nabo Nilsen", "nabo", number=2, phone="+4742998877", by=colleagues["leader"])
    settle(make_order(contact, by=colleagues["leader"]), by=colleagues["leader"])
    return contact


def as_held(contact):
    """What is held about somebody, as their copy says it."""
    return [
        (model.__name__, sorted(map(repr, model.objects.filter(subject=contact.subject).values())))
        for model in (Contact, Order, Invoice, Delivery, Interaction, LegalHold)
    ]


def command(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def later(minutes):
    """The clock runs on from so many minutes ahead."""
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


def confirmed_again(visitor, *, drain, smtp):
    """The page asks who it is; a mailed code answers."""
    assert visitor.address.startswith("/account/confirm/"), visitor.address
    visitor.press("Send meg en kode")
    drain()
    code_form = [form for form in visitor.page.forms if "code" in form["fields"]]
    assert len(code_form) == 1
    return visitor.press("Bekreft", nth=len(visitor.buttons_named("Bekreft")) - 1, code=mailed_code(smtp, EMAIL))


def test_see_download_correct_erase(aslaug, neighbour, smtp, drain, find):
    untouched = as_held(neighbour)
    visitor = Visitor().sign_in_by_code(EMAIL, drain=drain, smtp=smtp)
    assert visitor.address == "/my-data/"
    order, invoice = Order.objects.get(subject=aslaug.subject), Invoice.objects.get(subject=aslaug.subject)
    assert visitor.reads(NAME, EMAIL, "Kvitholmen", order.number, str(invoice.number), "TNT", "Datatilsynet")
    assert "Nabo Nilsen" not in visitor.words

    with later(6):
        _download(visitor, drain=drain, smtp=smtp)
    _correct_the_phone(visitor, aslaug)
    with later(12):
        visitor.go("/my-data/erase/")
        confirmed_again(visitor, drain=drain, smtp=smtp)
        _erase(visitor, invoice)
        drain()

    _nothing_but_declared_keeps(find, invoice)
    assert not User.objects.filter(email=EMAIL).exists()
    assert "slettet" in letter_to(smtp, EMAIL)
    told = dict(RecipientNotice.objects.values_list("about", "recipient__code"))
    assert told == {"correction": "tnt", "erasure": "tnt"}
    assert as_held(neighbour) == untouched
    assert command("privacy_erase", str(aslaug.subject_id), "--yes")["status"] == "nothing"


def _download(visitor, *, drain, smtp):
    visitor.follow("Last ned en kopi")
    confirmed_again(visitor, drain=drain, smtp=smtp)
    visitor.press("Lag en kopi")
    assert visitor.reads("Kopien din settes sammen")
    drain()
    visitor.go(visitor.address)
    visitor.press("Last ned")
    content = b"".join(visitor.answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as bag:
        assert bag.testzip() is None
        names = bag.namelist()
        text = "".join(bag.read(name).decode("utf-8", "ignore") for name in names)
    assert any(name.endswith("bagit.txt") for name in names)
    assert NAME in text and "Kvitholmen" in text
    assert "Nabo Nilsen" not in text


def _correct_the_phone(visitor, contact):
    visitor.go("/my-data/")
    visitor.go(f"/my-data/correct/crm.Contact/{contact.pk}/")
    before = next(form for form in visitor.page.forms if "phone" in form["fields"])["fields"]
    assert before["phone"].replace(" ", "") == "+4742334455"
    visitor.press("Lagre", phone="+4742667788")
    contact.refresh_from_db()
    assert contact.phone == "+4742667788"
    assert contact.full_name == NAME


def _erase(visitor, invoice):
    assert visitor.reads("Slettes nå", "Kontaktopplysninger", "Blir foreløpig, låst bort", "bokføringsloven", "TNT")
    assert str(invoice.issued_on.year + 5) in visitor.words
    visitor.press("Slett opplysningene mine")
    assert Contact.objects.filter(full_name=NAME).exists(), "without the tick nothing is ordered"
    visitor.press("Slett opplysningene mine", confirm="on")
    assert visitor.reads("Vi sletter opplysningene dine")


def _nothing_but_declared_keeps(find, invoice):
    for text in (EMAIL, "Kvitholmen", "+4742667788", "+4742334455"):
        assert find(text, kept=True) == set(), text
    # The invoice must name its buyer's contact for as long as the law says, and says so itself.
    assert find(NAME) == set()
    assert any("invoice" in place.lower() for place in find(NAME, kept=True))
    hold = LegalHold.objects.get(object_pk=str(invoice.pk))
    assert hold.until == date(invoice.issued_on.year + 5, 12, 31)
    assert Disclosure.objects.filter(subject=hold.subject).count() == 1


def test_an_order_under_way_is_kept_and_the_plan_says_why(aslaug, colleagues, smtp, drain):
    order = make_order(aslaug, by=colleagues["seller"])
    visitor = Visitor().sign_in_by_code(EMAIL, drain=drain, smtp=smtp)
    visitor.go("/my-data/erase/")
    assert visitor.reads("Blir foreløpig, låst bort", "fordi ordren er underveis")
    visitor.press("Slett opplysningene mine", confirm="on")
    drain()
    assert list(Order.objects.filter(subject=aslaug.subject)) == [order]
    assert not Interaction.objects.filter(subject=aslaug.subject).exists()


def test_the_pages_open_to_nobody_else(aslaug, neighbour, smtp, drain):
    stranger = Visitor()
    assert stranger.client.get("/my-data/").status_code == 302
    visitor = Visitor().sign_in_by_code(EMAIL, drain=drain, smtp=smtp)
    visitor.go(f"/my-data/correct/crm.Contact/{neighbour.pk}/", status=404)
