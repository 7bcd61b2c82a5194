"""What rows of the office are called in lists and logs: a number, a day or the start of a key, never a person."""

from datetime import date
from uuid import UUID

import pytest

from privacy import models

KEY = UUID("5a9bd1a5-6a37-4d4a-b6c3-2f2d0b9f5d11")
WORD = "Karikanari"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (models.BreachSeries(year=2026), "Breaches of 2026"),
        (models.Breach(number="BR-2026-0001", description=WORD), "BR-2026-0001"),
        (models.BreachEvent(pk=KEY, text=WORD), "Event 5a9bd1a5"),
        (models.BreachPerson(pk=KEY), "Touched 5a9bd1a5"),
        (models.NoticeVersion(number=3), "Notice 3"),
        (models.NoticeVersion(pk=KEY), "Notice 5a9bd1a5"),
        (models.NoticeText(pk=KEY, body=WORD), "Notice text 5a9bd1a5"),
        (models.NoticeMail(pk=KEY), "Notice mail 5a9bd1a5"),
        (models.NoticeFollower(pk=KEY, email_index=WORD), "Follower 5a9bd1a5"),
        (models.FollowerProof(pk=KEY, email_index=WORD), "Follower proof 5a9bd1a5"),
        (models.StaffRead(pk=KEY, object_pk=WORD), "Look 5a9bd1a5"),
        (models.ReadReview(week=date(2026, 3, 2)), "Review 2026-03-02"),
        (models.OfficeDigest(on=date(2026, 3, 2)), "Digest 2026-03-02"),
    ],
)
def test_a_row_is_named_without_its_person(row, name):
    assert str(row) == name
