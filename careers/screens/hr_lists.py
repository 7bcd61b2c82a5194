"""What every list of careers in the staff pages shares."""

from wagtail.admin.ui.tables import Column

from careers.blindness import is_marked_blind, number_of
from privacy.screens.scoping import ScopedIndexView, unlock


def named(row) -> str:
    """The name somebody gave, or a number in a blind review and where it can no longer be read."""
    return number_of(row) if is_marked_blind(row) else row.full_name or str(row)


class DayColumn(Column):
    """A day as people write it. Wagtail's own column counts from now, and calls every day ahead “0 minutes ago”."""

    cell_template_name = "careers/admin/_day_cell.html"


class UnlockedIndex(ScopedIndexView):
    """A list that shows sealed values: the keys of one page of rows come in one query."""

    def _get_custom_column(self, field_name, column_class=Column, **kwargs):
        column = super()._get_custom_column(field_name, column_class, **kwargs)
        if getattr(self.model._meta.get_field(field_name), "is_sealed", False):
            # Sorting by sealed bytes would be no order at all.
            column.sort_key = None
        if field_name == "full_name":
            column.accessor = named
        return column

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = unlock(rows)
        return paginator, page, page.object_list, is_paginated
