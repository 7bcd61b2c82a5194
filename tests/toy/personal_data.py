"""What the guest house holds about people."""

from django.db.models import Q

from privacy import registry, vault
from privacy.declare import (
    BLANK,
    KEEP,
    OBSERVED,
    Activity,
    Actor,
    Basis,
    Category,
    Field,
    Held,
    KeepFor,
    KeepUntilErased,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Remark, Room

LAW = "bokføringsloven § 13"
STAYS = registry.activity(
    Activity(
        code="toy-stays",
        title="Stays",
        plainly="To have a bed ready.",
        purpose="dpv:ServiceProvision",
        basis=Basis.CONSENT,
        consent="toy-stays",
        notice=("N17",),
        recipients=("ferry",),
    )
)
BOOKKEEPING = registry.activity(
    Activity(
        code="toy-bookkeeping",
        title="Bookkeeping",
        plainly="Because the law says so.",
        purpose="dpv:LegalCompliance",
        basis=Basis.LEGAL_DUTY,
        law=LAW,
        notice=("N59",),
    )
)
KEY = NotPersonal("a random key")


@registry.holds(Guest)
class GuestData(PersonalData):
    title = "Guests"
    activity = STAYS
    keep = KeepFor(months=24, since="visited_on", source="N55")
    source = "kind"
    fields = {
        "id": KEY,
        "subject": KEY,
        "name": Field(Category.NAME, editable_by_subject=True),
        "email": Field(Category.EMAIL),
        "phone": Field(Category.PHONE, editable_by_subject=True),
        "diet": Field(Category.INTEREST),
        "door_code": Field(Category.CREDENTIAL, secret=True),
        "next_of_kin": Field(Category.NAME, third_person=True),
        "kind": NotPersonal("how long guests stay in general", shown=True),
        "visited_on": Field(Category.DEALINGS, scope=OBSERVED),
        "host": Actor(),
    }


@registry.holds(Booking)
class BookingData(PersonalData):
    title = "Bookings"
    activity = STAYS
    keep = KeepWith("guest", source="N55")
    source = "asked for by you"
    fields = {
        "id": KEY,
        "guest": NotPersonal("the guest it belongs to", shown=True),
        "subject": KEY,
        "wish": Field(Category.FEEDBACK),
        "open": NotPersonal("whether it is still to come"),
        "open_until": NotPersonal("the last day it may be used"),
    }
    held_by = [
        Held("open", Q(open=True, open_until__isnull=True), reason="the stay is still to come", law="GDPR Art 6(1)(b)"),
        Held("open-until", Q(open=True), reason="the stay may be used", law="GDPR Art 6(1)(b)", until="open_until"),
    ]


@registry.holds(Meal)
class MealData(PersonalData):
    title = "Meals"
    subject = "booking__subject"
    activity = STAYS
    keep = KeepWith("booking__guest", source="N55")
    fields = {"id": KEY, "booking": KEY, "dish": Field(Category.PURCHASE)}


@registry.holds(Bill)
class BillData(PersonalData):
    title = "Bills"
    activity = BOOKKEEPING
    keep = KeepFor(months=60, since="issued_on", source="N59", anchor="accounting_year")
    statutory = (LAW,)
    fields = {
        "id": KEY,
        "subject": KEY,
        "issued_on": Field(Category.PAYMENT, scope=OBSERVED, on_erase=KEEP),
        "buyer_name": Field(Category.PAYMENT, on_erase=KEEP),
        "amount": Field(Category.PAYMENT, on_erase=KEEP),
        "note": Field(Category.FEEDBACK),
        "whisper": Field(Category.FEEDBACK),
        "tip": Field(Category.PAYMENT),
    }


@registry.holds(Remark)
class RemarkData(PersonalData):
    activity = STAYS
    keep = KeepFor(days=90, since="written_at", source="N54")
    on_erase = BLANK
    fields = {
        "id": KEY,
        "subject": KEY,
        "text": Field(Category.FEEDBACK),
        "signature": Field(Category.NAME),
        "stars": Field(Category.FEEDBACK, blank_with=0),
        "tags": Field(Category.INTEREST),
        "more": Field(Category.INTEREST),
        "raw": Field(Category.UPLOAD, shown=False),
        "written_at": NotPersonal("the day alone says nothing about a person"),
    }


@registry.holds(GuestFile)
class GuestFileData(PersonalData):
    title = "Files of guests"
    subject = "guest__subject"
    activity = STAYS
    keep = KeepWith("guest", source="N55")
    files = ("file",)
    fields = {"id": KEY, "guest": KEY, "file": KEY, "caption": Field(Category.UPLOAD)}


def by_address(ids):
    subject = Guest._meta.get_field("subject").related_model
    return Q(address_key__in=subject.objects.filter(pk__in=ids).values("identifiers__index"))


@registry.holds(DoorLog)
class DoorLogData(PersonalData):
    title = "Doors opened"
    subject = MatchedBy(by_address, because="the lock knows the address as a hash only")
    activity = STAYS
    keep = KeepUntilErased("as long as you come here", source="N12")
    fields = {
        "id": KEY,
        "address_key": Field(Category.LOGIN, scope=OBSERVED, secret=True),
        "door": Field(Category.DEVICE, scope=OBSERVED),
        "at": Field(Category.DEVICE, scope=OBSERVED),
    }


def address_key(address):
    """How the lock writes an address down."""
    return vault.blind_index("email", address)


registry.excuse(
    Room,
    because="Rooms of the house, no person.",
    actors={
        "cleaned_by": Actor(),
        "first_guest_of": Actor(),
        "built_by": Actor(on_erase=KEEP, because="who answers for the walls must be known as long as they stand"),
    },
)
