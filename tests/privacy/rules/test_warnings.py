"""Both sides of each day of a warning, and what a dead scheduler leaves untold (N55)."""

from datetime import date, timedelta

import pytest

from privacy.rules.warnings import warning_step

END = date(2028, 3, 10)
STEPS = (30, 7)


@pytest.mark.parametrize(
    ("before", "told", "step"),
    [
        (31, (), None),
        (30, (), 30),
        (30, (30,), None),
        (29, (), 30),
        (8, (), 30),
        (8, (30,), None),
        (7, (30,), 7),
        # Nothing ran for weeks: the nearest step alone.
        (7, (), 7),
        (5, (), 7),
        (6, (7,), None),
        (6, (30, 7), None),
        (0, (30,), 7),
        (0, (30, 7), None),
        (-1, (), None),
    ],
)
def test_the_step_of_a_day(before, told, step):
    assert warning_step(END, END - timedelta(days=before), steps=STEPS, told=told) == step


def test_of_a_class_that_promises_none_nothing_is_told():
    assert warning_step(END, END, steps=(), told=()) is None
