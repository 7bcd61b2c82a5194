"""Article 19 for corrections and restrictions: those who were really sent one of the fields."""

import pytest

from privacy.actions import log_disclosure, make_request_notices
from privacy.models import Recipient, RecipientNotice
from tests.privacy.actions.requesting import opened


@pytest.fixture
def train(db):
    """Another partner."""
    fields = ["name", "phone", "receiver_name"]
    return Recipient.objects.create(
        code="train", name="Toget AS", state="active", allowed_fields=fields, activities=["toy-stays"]
    )


def sent(person, recipient, *, about=None, **payload):
    return log_disclosure(
        person.subject, recipient=recipient, payload=payload, activity="toy-stays", about=about, by=None
    )


def told(request):
    return {notice.recipient.code: notice for notice in request.notices.select_related("recipient")}


def test_who_was_sent_the_field_is_to_be_told_and_nobody_else(kari, ola, ferry, train):
    first, second = sent(kari, ferry, phone="1", name="K"), sent(kari, ferry, phone="2", about=kari.booking)
    sent(kari, train, name="K")
    sent(ola, train, phone="3")
    request = opened(kari, right="correction")
    assert make_request_notices(request, record=kari.guest, fields=["phone"]) == 1
    ((code, notice),) = told(request).items()
    assert (code, notice.about, notice.state, notice.erasure) == ("ferry", "correction", "due", None)
    assert set(notice.references) == {str(first.pk), str(second.pk)} and notice.subject == kari.subject
    assert make_request_notices(request, record=kari.guest, fields=["phone"]) == 0
    assert RecipientNotice.objects.count() == 1


def test_what_was_received_from_a_partner_is_no_telling(kari, ferry):
    log_disclosure(
        kari.subject, recipient=ferry, payload={"phone": "1"}, activity="toy-stays", direction="received", by=None
    )
    assert make_request_notices(opened(kari), record=kari.guest, fields=["phone"]) == 0


def test_a_consignment_calls_a_name_by_another_word(kari, ferry, train):
    sent(kari, train, receiver_name="K")
    sent(kari, ferry, phone="1")
    request = opened(kari, right="correction")
    assert make_request_notices(request, record=kari.guest, fields=["name"]) == 1 and set(told(request)) == {"train"}


def test_a_column_that_is_not_declared_is_compared_by_its_own_name(kari, ferry):
    sent(kari, ferry, phone="1")
    request = opened(kari, right="correction")
    assert make_request_notices(request, record=kari.guest, fields=["host", "no_such"]) == 0
    assert make_request_notices(request, record=None, fields=["phone"]) == 1


def test_a_whole_record_or_person_is_restricted(kari, ferry, train):
    sent(kari, ferry, phone="1", about=kari.booking)
    sent(kari, train, phone="1")
    request = opened(kari, right="restriction")
    assert make_request_notices(request, record=kari.booking, fields=()) == 1
    assert told(request)["ferry"].about == "restriction"
    assert make_request_notices(request, record=None, fields=()) == 1
    assert set(told(request)) == {"ferry", "train"}
