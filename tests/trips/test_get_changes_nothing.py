"""Opening an address, by a person, a mail scanner or a browser that looks ahead, changes no row of any table (T10).

Every route outside the staff pages is fetched with GET and HEAD, with something real behind it, and so is every page
and every link in every mail, by a stranger, a customer and an applicant. A route this file cannot build fails the test.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from careers import actions as careers
from careers.models import VacancyPage
from cn_portal import mailbox
from cn_portal.accounts.models import User
from cn_portal.demo import company
from privacy import actions
from privacy.actions.subjects import STEP_UP_KEY
from privacy.models import ErasureLedger, RequestSeries
from tests.careers import meetings
from tests.trips import sweep

BACKEND = "cn_portal.accounts.backends.PasswordBackend"
CUSTOMER, APPLICANT, STRANGER = "customer@kunde.example", "applicant@soker.example", "fremmed@gjest.example"
# What the first page after a whole minute writes: nothing but the last use of the session, which ends an idle one.
ONCE_A_MINUTE = {"default.accounts_accountsession"}


@pytest.fixture
def world(db, settings, drain):
    """The demonstration company with a few people, a request on every way, a copy, a claim, and all mail delivered."""
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
    company.write(people=6)
    customer, applicant = User.objects.get(email=CUSTOMER), User.objects.get(email=APPLICANT)
    for email in (STRANGER, CUSTOMER):
        proof = actions.start_proof(right="access", email=email, text="Hva har dere om meg?", name="", language="nb")
        drain()
        actions.finish_proof(proof, code=_code())
    # A mailbox of a stranger follows the notice: its way out has somebody behind it.
    following = actions.start_following(email=STRANGER, language="nb")
    drain()
    actions.finish_following(following, code=_code())
    page = VacancyPage.objects.live().open_at(timezone.now()).filter(locale__language_code="nb").first()
    careers.start_draft(page, said={"full_name": "Ola", "email": APPLICANT}, user=applicant, by=applicant)
    meetings.some_of_each(applicant)
    for user in (customer, applicant):
        actions.request_copy(user.subject, by=user)
    actions.open_request(customer.subject, right="objection", text="Nei takk", by=customer)
    drain()
    return {"customer": customer, "applicant": applicant}


@pytest.fixture
def visitors(world):
    """A stranger, the customer and the applicant, signed in and freshly confirmed."""
    found = {"stranger": Client()}
    for name, user in world.items():
        found[name] = client = Client()
        client.force_login(user, backend=BACKEND)
        session = client.session
        session[STEP_UP_KEY] = timezone.now().timestamp()
        session.save()
        # The first answer stamps the session, as signing in does.
        client.get("/my-data/")
    return found


def test_opening_every_address_changes_no_row(world, visitors):
    routes = sweep.routes()
    missing = [route for route in routes if not sweep.addresses_of(route, world)]
    assert missing == [], f"tests/trips/sweep.py builds no address for {missing}"
    assert len(routes) > 50
    mailed = sweep.linked(mailbox.messages())
    assert {"/applications/confirm/", "/applications/withdraw/", "/my-data/copy/", "/privacy/request/"} <= {
        link.rpartition("/")[0].rpartition("/")[0] + "/" for link in mailed
    }
    public = set(sweep.pages())
    before = sweep.table_digests()
    assert len(before) > 80
    writes = sweep.Writes()
    with time_machine.travel(timezone.now(), tick=False), writes.heard():
        answers = {
            (name, address, method): _fetch(writes, client, address, method)
            for name, client in visitors.items()
            for address in sweep.everything(world)
            # HEAD of a page that is the same for everybody is asked for once.
            for method in (("get",) if name != "stranger" and address in public else ("get", "head"))
        }
    assert sweep.changed_since(before) == set()
    assert {(method, address) for method, address, _sql in writes.seen} == set()
    # Without a worker the house is not ready, and says so.
    broken = {key for key, status in answers.items() if status >= 500 and key[1] != "/readyz"}
    assert broken == set()
    # Presence: the pages were really met, each by the one they belong to.
    for name, address in (
        ("customer", "/my-data/"),
        ("customer", "/my-data/erase/"),
        ("applicant", "/applications/"),
        ("stranger", "/nb/"),
        ("stranger", "/privacy/request/"),
    ):
        assert answers[name, address, "get"] == 200
    assert answers["customer", "/my-data/", "head"] == answers["stranger", "/nb/", "head"] == 200
    assert len(answers) > 500

    before = sweep.table_digests()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert visitors["customer"].get("/my-data/").status_code == 200
        assert sweep.changed_since(before) == ONCE_A_MINUTE
        before = sweep.table_digests()
        assert visitors["customer"].get("/my-data/").status_code == 200
        assert sweep.changed_since(before) == set()


def test_the_comparison_sees_a_row_in_either_database_and_a_route_nobody_has_built(db):
    before, writes = sweep.table_digests(), sweep.Writes()
    writes.method, writes.address = "get", "/planted/"
    with writes.heard():
        RequestSeries.objects.create(year=1990)
        ErasureLedger.objects.create(subject=uuid4(), cause="test")
    assert sweep.changed_since(before) == {"default.privacy_requestseries", "ledger.privacy_erasureledger"}
    assert [(method, address) for method, address, _sql in writes.seen] == [("get", "/planted/")] * 2
    assert sweep.addresses_of("planted/<uuid:key>/", {}) == []
    assert sweep.addresses_of(r"planted/^(\d+)/$", {}) == []
    assert sweep.addresses_of("planted/", {}) == ["/planted/"]


def _code():
    """The code in the newest mail."""
    return next(line.strip() for line in mailbox.messages()[0].text.splitlines() if line.startswith("    "))


def _fetch(writes, client, address, method):
    writes.method, writes.address = method, address
    answer = getattr(client, method)(address)
    # A download is read to its end, as a browser would, and closed; closing must not take the database along.
    for _part in answer:
        pass
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return answer.status_code
