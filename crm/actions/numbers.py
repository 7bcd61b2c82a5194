"""The next number of a series."""

from crm.models import NumberSeries


def next_number(code: str, *, first: int) -> int:
    """The number after the last one given out, ``first`` for a new series. Call it inside the act's transaction.

    The row is locked until that transaction ends: a number is neither given twice nor lost when the act fails.
    """
    series, _created = NumberSeries.objects.select_for_update().get_or_create(code=code, defaults={"last": first - 1})
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
