"""A booking and what its carrier is told are one (T36, F28), and nothing begins before the office has cleared it."""

import socket
from contextlib import closing

import pytest

from crm import actions
from crm.actions import carriers
from crm.models import Contact, Delivery
from privacy.actions.disclosure import payload_digest
from privacy.models import Disclosure, PendingHandOver, Screening, TrailEntry
from tests.crm import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def senders(monkeypatch):
    monkeypatch.setattr(carriers, "_senders", {})


@pytest.mark.parametrize("own", ["", "REF-7"])
def test_the_carrier_gets_exactly_what_the_page_showed_and_the_log_proves(senders, seller, own):
    got = []
    carriers.sends_to("bring")(got.append)
    planned = factories.delivery(shipment_reference=own)
    shown = actions.consignment(planned)
    booked = actions.book_delivery(planned, by=seller)
    row = Disclosure.objects.get()
    assert got == [shown] and row.payload_digest == payload_digest(row.pk, got[0])
    assert booked.shipment_reference == got[0]["shipment_reference"] != ""
    assert own in ("", booked.shipment_reference)


def test_a_carrier_that_is_down_leaves_the_delivery_planned_and_in_sight(senders, seller):
    def nobody_listens(payload):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), timeout=2)

    carriers.sends_to("bring")(nobody_listens)
    planned = factories.delivery()
    for _attempt in range(2):
        with pytest.raises(actions.Refused, match="Bring"):
            actions.book_delivery(planned, by=seller)
    planned.refresh_from_db()
    assert (planned.state, planned.shipment_reference, planned.booked_at) == ("planned", "", None)
    assert not Disclosure.objects.exists() and not TrailEntry.objects.filter(action="delivery.booked").exists()
    waiting = PendingHandOver.objects.get()
    assert (waiting.state, waiting.attempts, waiting.about_pk) == ("pending", 2, str(planned.pk))
    carriers.sends_to("bring")(lambda payload: None)
    assert actions.book_delivery(planned, by=seller).state == "booked"
    waiting.refresh_from_db()
    assert waiting.state == "sent" and Disclosure.objects.count() == 1


@pytest.mark.parametrize(
    ("activity", "begin", "model"),
    [
        ("customer-relations", factories.contact, Contact),
        ("deliveries", factories.delivery, Delivery),
    ],
)
def test_nothing_begins_without_its_assessment(activity, begin, model):
    begin()
    before = model.objects.count()
    Screening.objects.filter(activity=activity).update(state="rejected")
    with pytest.raises(actions.Refused):
        begin()
    assert model.objects.count() == before == 1
