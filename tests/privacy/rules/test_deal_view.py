"""What is hidden because few share it (N52, T32)."""

import pytest

from privacy.rules import deal_view


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_small_counts_are_hidden_and_none_at_all_is_not(number, shown):
    assert deal_view.count_to_show(number) == shown


def test_a_value_is_common_by_persons_and_not_by_rows():
    one_person = [("a", "x")] * 9
    five = [(person, "y") for person in "abcde"]
    assert deal_view.common_values([*one_person, *five, ("a", "z")]) == {"y"}
