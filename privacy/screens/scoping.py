"""Staff lists and forms that show only people who may be met there, view by view (wagtail#13314).

Wagtail's own generic views check rights per model, never per record. Everything under `ScopedModelViewSet` (and
`choosing.ScopedChooserViewSet`) reads its rows through one function and writes through the app's actions:

    class ContactViewSet(ScopedModelViewSet):
        model = Contact
        form_class = ContactForm                  # or add_form_class and edit_form_class
        refusals = (actions.Refused,)             # shown at the top of the form; nothing was saved

        def scope(self, queryset, user):          # what this member of staff may see, beyond the right to view
            return queryset.filter(owner=user)

        def create(self, form, *, by):            # returns the new row
            return actions.create_contact(**form.cleaned_data, by=by)

        def change(self, row, form, *, by): ...   # returns the row
        def remove(self, row, *, by): ...         # may return the sentence that says what happened

- No `create`, `change` or `remove` means no such address. There is never a copy or a usage address, nor an export.
- People who are restricted, being erased or erased are left out everywhere, by the declaration of the model.
- Seeing needs the model's `view` right; `add`, `change` and `delete` alone show nothing. Who lacks the right is
  refused before anything is fetched; who has it gets 404 for a row outside the scope, and learns nothing.
- `heading(row)` is what a row is called on the screen, for who may see it; logs keep `__str__`, without a name.
- `viewed = "contact.viewed"` writes that into the trail each time a row's page is opened (L47).
- `search_fields` are searched with `contains`, every typed word in any of them, after `prepare(text)`.
- Own pages of one row: `class Book(ScopedRowView)` with `needs = "change"`, listed in `own_views = {"book": Book}`; the
  address is `<name>/<pk>/` below the viewset and its name `book`. Own pages get `scope` and all common values too.
- `unlock(rows)` fetches the keys of many rows at once, for a page that shows sealed fields of several rows.
"""

from django.urls import path
from wagtail.admin.viewsets.model import ModelViewSet

from privacy.queries import active
from privacy.screens.row_views import ScopedRowView
from privacy.screens.scope import Scoped, containing, everything, subject_of_row
from privacy.screens.scoped_views import (
    ScopedAddView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedHistoryView,
    ScopedIndexView,
    ScopedInspectView,
)
from privacy.vault import unlock

__all__ = [
    "Scoped",
    "ScopedAddView",
    "ScopedDeleteView",
    "ScopedEditView",
    "ScopedHistoryView",
    "ScopedIndexView",
    "ScopedInspectView",
    "ScopedModelViewSet",
    "ScopedRowView",
    "active",
    "containing",
    "everything",
    "subject_of_row",
    "unlock",
]


class ScopedModelViewSet(ModelViewSet):
    """See the module for what this adds to Wagtail's viewset."""

    create = change = remove = None
    refusals = ()
    viewed = ""
    own_views: dict = {}
    add_form_class = edit_form_class = None
    list_select_related = ()
    list_prefetch_related = ()

    index_view_class = ScopedIndexView
    add_view_class = ScopedAddView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    # The reference index would be one more place to erase, and it is not told of deletes in sets.
    add_to_reference_index = False
    list_export = []

    prepare = staticmethod(str)
    scope = staticmethod(everything)
    heading = staticmethod(str)

    def get_common_view_kwargs(self, **kwargs):
        acts = {"add": self.create, "edit": self.change, "delete": self.remove}
        missing = {f"{name}_url_name": None for name, act in acts.items() if act is None}
        return super().get_common_view_kwargs(
            **{
                "usage_url_name": None,
                "scope": self.scope,
                "heading": self.heading,
                "create": self.create,
                "change": self.change,
                "remove": self.remove,
                "refusals": self.refusals,
                "viewed": self.viewed,
                "prepare": self.prepare,
                "select": self.list_select_related,
                "prefetch": self.list_prefetch_related,
                **missing,
                **kwargs,
            }
        )

    def get_form_class(self, for_update=False):
        own = self.edit_form_class if for_update else self.add_form_class
        return own or getattr(self, "form_class", None) or super().get_form_class(for_update)

    def register_admin_url_finder(self):
        """Nothing: Wagtail's reports would link to rows without asking the scope."""

    def get_urlpatterns(self):
        off = {"usage", "copy", "reorder"}
        off |= {name for name, act in self._acts().items() if act is None}
        own = [
            path(f"{name}/<{self.pk_path_converter}:pk>/", self.construct_view(view), name=name)
            for name, view in self.own_views.items()
        ]
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in off] + own

    def _acts(self):
        return {"add": self.create, "edit": self.change, "delete": self.remove}

    def get_edit_view_kwargs(self, **kwargs):
        return {} if self.change is None else super().get_edit_view_kwargs(**kwargs)

    def get_add_view_kwargs(self, **kwargs):
        return {} if self.create is None else super().get_add_view_kwargs(**kwargs)
