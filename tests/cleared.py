"""Every declared activity cleared to begin, as a part of the test databases: no act, so no trail tells of it."""

from datetime import date

from django.utils import timezone

from privacy.models import Screening
from privacy.queries.screenings import needed_screenings

# Nobody's clock in a test reaches the review.
NEVER = date(2199, 1, 1)


def clear_activities() -> None:
    """An approved assessment wherever the declarations need one."""
    Screening.objects.bulk_create(
        Screening(activity=activity.code, kind=kind, state="approved", decided_at=timezone.now(), next_review_on=NEVER)
        for activity, kind in needed_screenings()
    )
