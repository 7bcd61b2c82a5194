"""What an outsider sees of a class without names: coarse values, and none that few share (N52, T32). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from privacy.declare import Category

# A value that fewer persons share, and a count of fewer, could be somebody.
FEWEST = 5
HIDDEN = "–"
# Facts that name, find or reach somebody, or say in their own words who they are.
NAMING = frozenset(
    {
        Category.NAME,
        Category.POSTAL_ADDRESS,
        Category.PHONE,
        Category.EMAIL,
        Category.BIRTH_DATE,
        Category.VISIT_PICTURE,
        Category.UPLOAD,
        Category.LOGIN,
        Category.CREDENTIAL,
        Category.PAYMENT,
        Category.DEVICE,
        Category.SOCIAL,
        Category.FEEDBACK,
    }
)


def count_to_show(number: int) -> int | None:
    """The number, or None when so few are counted that they could be told apart. Nothing is nobody: 0 is shown."""
    return number if number == 0 or number >= FEWEST else None


def common_values(values: Iterable[tuple[object, object]]) -> set:
    """Of (person, value) pairs the values that at least five different persons share."""
    holders = defaultdict(set)
    for person, value in values:
        holders[value].add(person)
    return {value for value, people in holders.items() if len(people) >= FEWEST}
