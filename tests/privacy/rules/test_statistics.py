"""No number under five can be found out from what is published, whatever else is published beside it (N57, T32)."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.rules.statistics import LIMIT, Mark, publish, publish_row

SMALL, WITHHELD = Mark.SMALL, Mark.WITHHELD
numbers = st.one_of(st.integers(0, 12), st.integers(0, 400))


@pytest.mark.parametrize(
    ("row", "cells", "total"),
    [
        ([37], [37], 37),
        ([5], [5], 5),
        ([4], [SMALL], SMALL),
        ([1], [SMALL], SMALL),
        ([0], [SMALL], SMALL),
        ([1, 3], [SMALL, SMALL], SMALL),
        ([20, 15], [20, 15], 35),
        # One of 2 beside 20 and 15: the total would give it away, so the 15 goes too.
        ([20, 15, 2], [20, WITHHELD, SMALL], 37),
        # Two small ones whose sum says nothing about either.
        ([20, 2, 2], [20, SMALL, SMALL], 24),
        # 4 and 4: their sum of 8 would give both away.
        ([20, 4, 4], [WITHHELD, SMALL, SMALL], 28),
        # 5 and 0 make 5: five or more leaves nothing for the other one.
        ([5, 0], [5, SMALL], WITHHELD),
        ([9, 0], [WITHHELD, SMALL], 9),
        ([8, 0], [8, SMALL], WITHHELD),
        # Only small ones, and more than four together.
        ([4, 4], [SMALL, SMALL], WITHHELD),
    ],
)
def test_what_one_row_shows(row, cells, total):
    assert publish_row(row) == (cells, total)


def possible(cells, total):
    """For each small cell the values that fit all that is published: small is under five, withheld is five or more."""
    small = [index for index, cell in enumerate(cells) if cell is SMALL]
    withheld = sum(cell is WITHHELD for cell in cells)
    shown = sum(cell for cell in cells if not isinstance(cell, Mark))
    found = {index: set() for index in small}
    for guess in itertools.product(range(LIMIT), repeat=len(small)):
        rest = shown + sum(guess)
        if total is SMALL:
            fits = rest < LIMIT and not withheld
        elif total is WITHHELD:
            fits = withheld or rest >= LIMIT
        else:
            fits = total - rest >= LIMIT * withheld if withheld else total == rest
        if fits:
            for index, value in zip(small, guess, strict=True):
                found[index].add(value)
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=6))
def test_no_small_number_of_a_row_can_be_solved(row):
    cells, total = publish_row(row)
    for index, values in possible(cells, total).items():
        assert row[index] in values and len(values) > 1
        if not isinstance(total, Mark):
            assert values == set(range(LIMIT))
    for number, cell in zip(row, cells, strict=True):
        assert (cell is SMALL) == (number < LIMIT)
        assert isinstance(cell, Mark) or cell == number


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), max_size=8)))
def test_no_total_of_a_column_or_of_everything_reaches_a_hidden_number(rows):
    table = publish(rows)
    for column, total in zip(zip(*table.rows, strict=True), table.column_totals, strict=True):
        hidden = [cell for cell in column if isinstance(cell, Mark)]
        assert total == (WITHHELD if hidden else sum(column))
    hidden = [total for total in table.row_totals if isinstance(total, Mark)]
    assert table.total == (WITHHELD if hidden else sum(map(sum, rows)))


def test_every_number_under_five_is_hidden_and_no_other_without_need():
    table = publish([[12, 30], [7, 41], [1, 50]])
    assert table.rows == [[12, 30], [7, 41], [SMALL, WITHHELD]]
    assert table.row_totals == [42, 48, 51]
    assert table.column_totals == [WITHHELD, WITHHELD] and table.total == 141
    assert str(SMALL) == "<5" and str(WITHHELD) == "–"


def test_a_table_without_rows_is_an_empty_table():
    assert publish([]) == publish([]) and publish([]).rows == [] and publish([]).column_totals == []
