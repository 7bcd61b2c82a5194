"""One person's page and copy: the number of queries does not grow with the rows."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import people
from bench.figure import Figure
from crm.models import Interaction
from privacy.queries import held_about


def measure(scale: int):
    few, many = people.make(2, dealt_with_on=date(2026, 6, 1))
    Interaction.objects.bulk_create(
        [
            Interaction(contact=many, subject=many.subject, kind="call", happened_on=date(2026, 5, 1))
            for _ in range(1000)
        ]
    )
    yield Figure("queries of a page with 1,005 rows", "queries with 5", _queries(many) / 1000, _queries(few) / 1000, 1)


def _queries(contact) -> int:
    with CaptureQueriesContext(connection) as captured:
        held_about(contact.subject, day=date(2026, 11, 23))
    return len(captured)
