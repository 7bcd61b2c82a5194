"""The one clause for everything stopped against the same list without it, 5 % of the people stopped in some way."""

from datetime import date

from bench import people
from bench.figure import Figure, in_turn
from crm.models import Contact
from privacy.models import DataSubject, Objection, Restriction
from privacy.queries import active

FEWEST = 50_000
BAR = 1.3


def measure(scale: int):
    contacts = people.make(max(scale, FEWEST) - Contact.objects.count(), dealt_with_on=date(2026, 6, 1))
    part = len(contacts) // 60
    _stop(contacts[:part], contacts[part : 2 * part], contacts[2 * part : 3 * part])
    everybody = Contact.objects.order_by("full_name")
    there, left = everybody.count(), active(everybody).count()
    if there - left != 3 * part:
        raise AssertionError(f"{there - left} contacts were left out, {3 * part} are stopped")
    limit, taken = in_turn(lambda: list(everybody.all()), lambda: list(active(everybody)), rounds=5)
    yield Figure(f"the list of {there} contacts without those who are stopped", "the bare list", taken, limit, BAR)


def _stop(paused, objecting, disputed) -> None:
    DataSubject.objects.filter(pk__in=[each.subject_id for each in paused]).update(state="restricted")
    Objection.objects.bulk_create(
        [Objection(subject_id=each.subject_id, activity="customer-relations") for each in objecting]
    )
    Restriction.objects.bulk_create(
        [
            Restriction(subject_id=each.subject_id, model="crm.Contact", object_pk=str(each.pk), ground="accuracy")
            for each in disputed
        ]
    )
