"""Trip c in Chromium, on a desk and on a phone: sign in by code, read, download, correct, erase."""

import zipfile

import pytest

from cn_portal.accounts.models import AccountSession, User
from crm import actions
from crm.models import Contact, Invoice
from privacy.actions.subjects import STEP_UP_KEY
from tests.trips.customers import deliver, make_customer, make_order, settle
from tests.trips.screen import DESK, PHONE, Screen
from tests.trips.visitor import mailed_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
NAME, EMAIL = "Åslaug Prøvesen", "aslaug.proeve@kunde.example"


def invited_customer(colleagues):
    seller = colleagues["seller"]
    contact = make_customer(NAME, "aslaug.proeve", by=seller)
    order = make_order(contact, by=seller)
    deliver(order, contact, carrier="bring", by=seller)
    settle(order, by=seller)
    actions.invite_contact(contact, by=seller)
    return contact


def forget_the_proof():
    """As if more than five minutes had passed since the person showed who they are."""
    for row in AccountSession.objects.filter(user__email=EMAIL):
        session = type(row).get_session_store_class()(row.session_key)
        session[STEP_UP_KEY] = 0
        session.save()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_read_download_correct_and_erase(live_server, settings, colleagues, smtp, drain, new_context, size, tmp_path):
    settings.BASE_URL = live_server.url
    contact = invited_customer(colleagues)
    screen = Screen(new_context(viewport=size, accept_downloads=True).new_page(), live_server.url)

    screen.go("/account/sign-in/").fill(email=EMAIL).press("Send meg en kode i stedet")
    drain()
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Logg inn")
    assert screen.page.url.endswith("/my-data/")
    assert screen.reads("vi har om deg", "Delt med Bring")

    forget_the_proof()
    screen.follow("Last ned en kopi")
    assert "/account/confirm/" in screen.page.url
    screen.press("Send meg en kode")
    drain()
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Bekreft")
    screen.press("Lag en kopi")
    drain()
    screen.go(screen.page.url)
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Last ned").click()
    file = tmp_path / "copy.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as bag:
        assert any(NAME in bag.read(name).decode("utf-8", "ignore") for name in bag.namelist())

    screen.go(f"/my-data/correct/crm.Contact/{contact.pk}/").fill(phone="+4742667788").press("Lagre")
    contact.refresh_from_db()
    assert contact.phone == "+4742667788"

    screen.follow("Slett opplysningene mine")
    assert screen.reads("Slettes nå", "Blir foreløpig", "bokføringsloven", "Bring")
    screen.tick("confirm").press("Slett opplysningene mine")
    assert screen.reads("Vi sletter opplysningene dine")
    drain()
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert not User.objects.filter(email=EMAIL).exists()
    assert Invoice.objects.filter(subject=contact.subject_id).count() == 1
    screen.go("/my-data/")
    assert "/account/sign-in/" in screen.page.url
