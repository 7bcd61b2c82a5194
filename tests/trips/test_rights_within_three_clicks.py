"""From the account page each of the eight rights is used in three clicks, and ends in an answer or a case (N61).

In Chromium, on a desk and on a phone. Every click counts, on a link, a button, a box or a choice; typing does not.
"""

import pytest
from django.utils import timezone

from cn_portal.accounts.models import AccountSession
from crm import actions
from privacy import actions as engine
from privacy.actions.subjects import STEP_UP_KEY
from privacy.models import Copy, Erasure, Objection, Restriction, SubjectRequest
from tests.trips.customers import make_customer
from tests.trips.screen import DESK, PHONE, Screen
from tests.trips.visitor import mailed_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
EMAIL = "aslaug.proeve@kunde.example"
ACCOUNT = "/account/security/"
MOST_CLICKS = 3


class Counting(Screen):
    """A screen that counts what is clicked since the account page was opened."""

    clicks = 0

    def start(self):
        self.go(ACCOUNT)
        self.clicks = 0
        return self

    def follow(self, name):
        self.clicks += 1
        return super().follow(name)

    def press(self, name, *, nth=0):
        self.clicks += 1
        return super().press(name, nth=nth)

    def tick(self, name):
        self.clicks += 1
        return super().tick(name)


@pytest.fixture
def somebody(colleagues, smtp, drain):
    """A customer with a page, a yes that stands, and nothing asked so far."""
    contact = make_customer("Åslaug Prøvesen", "aslaug.proeve", by=colleagues["seller"])
    actions.record_interaction(
        contact, kind="call", happened_on=timezone.localdate(), text="Spurte om dyser.", by=colleagues["seller"]
    )
    actions.invite_contact(contact, by=colleagues["seller"])
    text = engine.publish_text(
        purpose="talent-pool", language="nb", wording="Ja takk.", how_to_withdraw="Ett trykk.", valid_months=12, by=None
    )
    engine.give_consent(contact.subject, text=text, method="form", by=None)
    return contact


def prove_again():
    """As if the person had shown who they are a moment ago: what that takes is trip c."""
    for row in AccountSession.objects.filter(user__email=EMAIL):
        session = type(row).get_session_store_class()(row.session_key)
        session[STEP_UP_KEY] = timezone.now().timestamp()
        session.save()


def case_of(somebody, right):
    return SubjectRequest.objects.get(subject=somebody.subject, right=right)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_each_right_starts_within_three_clicks(live_server, settings, somebody, smtp, drain, new_context, size):
    settings.BASE_URL = live_server.url
    screen = Counting(new_context(viewport=size).new_page(), live_server.url)
    screen.go("/account/sign-in/").fill(email=EMAIL).press("Send meg en kode i stedet")
    drain()
    screen.fill(code=mailed_code(smtp, EMAIL)).press("Logg inn")
    taken = {}

    def done(right):
        taken[right] = screen.clicks
        case = case_of(somebody, right)
        assert case.is_open or case.messages.filter(kind="answer").exists(), right
        assert taken[right] <= MOST_CLICKS, taken
        return case

    prove_again()
    screen.start().follow("Last ned en kopi").press("Lag en kopi")
    assert screen.reads("settes sammen", done("access").number)
    screen.start().follow("Ta det med et annet sted").press("Lag en kopi")
    assert screen.reads(done("portability").number)
    drain()
    assert Copy.objects.get().requests.filter(outcome="fulfilled").count() == 2

    screen.start().follow("Rett noe").follow("Si at det er feil")
    screen.page.fill("#id_wrong-text", "Det skal stå noe annet.")
    screen.press("Få det sjekket")
    case = done("correction")
    assert screen.reads(case.number, "Det skal stå noe annet.") and case.is_open
    assert Restriction.objects.get(request=case).ground == "accuracy"

    screen.start().follow("Si nei til en bruk").press("Ingen reklame")
    assert screen.reads(done("objection").number) and Objection.objects.get().state == "upheld"

    screen.start().follow("Trekk et samtykke").press("Trekk samtykket")
    assert done("withdrawal").outcome == "fulfilled"

    screen.start().follow("Ingen avgjørelse av en maskin").press("Gi meg det skriftlig")
    assert screen.reads(done("no_automated_decision").number, "med en maskin alene")

    screen.start().follow("Sett bruken på pause").tick("ground_1").press("Sett alt på pause")
    assert screen.reads(done("restriction").number, "Satt på pause fra i dag")

    screen.go("/my-data/?by=kind").go("/my-data/")
    for part in screen.page.locator("summary").all():
        part.evaluate("each => each.click()")
    screen._checked()

    prove_again()
    screen.start().follow("Slett opplysningene mine").tick("confirm").press("Slett opplysningene mine")
    assert done("erasure").erasure == Erasure.objects.get(cause="request")

    assert set(taken) == set(SubjectRequest.Right.values)
