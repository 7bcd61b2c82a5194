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
- `viewed = "contact.viewed"` writes that into the trail each time a row's page is opened (L47).
- `search_fields` are searched with `contains`, every typed word in any of them, after `prepare(text)`.
- Own pages of one row: `class Book(ScopedRowView)` with `needs = "change"`, listed in `own_views = {"book": Book}`; the
  address is `<name>/<pk>/` below the viewset and its name `book`. Own pages get `scope` and all common values too.
- `unlock(rows)` fetches the keys of many rows at once, for a page that shows sealed fields of several rows.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from privacy import registry
from privacy.actions.trail import note
from privacy.queries import active
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


def subject_of_row(row):
    """The person a row is about, by its declaration, or None."""
    declaration = registry.declaration_of(type(row))
    if declaration is None or not isinstance(declaration.subject, str):
        return None
    for part in declaration.subject.split("__"):
        row = getattr(row, part, None)
    return row


def everything(queryset, user):
    """The scope of whoever has the right: all rows."""
    return queryset


def containing(queryset, columns, text: str):
    """The rows in which every word of the text is found in one of the columns."""
    for word in text.split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        queryset = queryset.filter(found)
    return queryset


class Scoped:
    """For any view of one model: the right is asked for first, and rows come only through `scoped`."""

    needs = "view"
    # Rights on other models that this view takes as well, by full name.
    also: tuple = ()
    scope = staticmethod(everything)
    permission_required = None
    any_permission_required = None

    def setup(self, request, *args, **kwargs):
        # Wagtail fetches the row in setup and checks rights afterwards: who may not look would learn what exists.
        self.request = request
        policy = self.permission_policy or ModelPermissionPolicy(self.model)
        allowed = all(policy.user_has_permission(request.user, action) for action in {"view", self.needs})
        if not (allowed and request.user.has_perms(self.also)):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def scoped(self, queryset):
        """The rows of `queryset` that this member of staff may see."""
        return self.scope(active(queryset), self.request.user)


class ScopedIndexView(Scoped, generic.IndexView):
    """The list. It never writes a file, whatever is asked for in the address."""

    any_permission_required = ["view"]
    prefetch = ()
    select = ()
    prepare = staticmethod(str)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_export = False

    def get_base_queryset(self):
        return self.scoped(super().get_base_queryset()).select_related(*self.select).prefetch_related(*self.prefetch)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return containing(queryset, self.search_fields, self.prepare(self.search_query))

    def get_edit_url(self, instance):
        # A title leads to the row's own page; the form is one step further.
        return None if self.inspect_url_name else super().get_edit_url(instance)


class Acting:
    """A form whose saving is one act. What the act refuses is shown in the form, and nothing was written."""

    refusals = ()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except self.refusals as refusal:
            form.add_error(getattr(refusal, "field", None) if _has(form, refusal) else None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_url(self):
        return self.row_url() or super().get_success_url()

    def get_success_buttons(self):
        return []

    def row_url(self):
        return reverse(self.inspect_url_name, args=[self.object.pk]) if self.inspect_url_name else None


def _has(form, refusal) -> bool:
    return getattr(refusal, "field", None) in form.fields


class ScopedAddView(Acting, Scoped, generic.CreateView):
    needs = "add"
    create = None
    inspect_url_name = None

    def save_instance(self):
        row = self.create(self.form, by=self.request.user)
        log(instance=row, action="wagtail.create", content_changed=True)
        return row


class ScopedEditView(Acting, Scoped, generic.EditView):
    needs = "change"
    change = None

    def get_queryset(self):
        return self.scoped(super().get_queryset())

    def save_instance(self):
        self.has_content_changes = self.form.has_changed()
        # The form has written into its own instance; the act gets the row as it is stored.
        stored = self.get_queryset().get(pk=self.object.pk)
        row = self.change(stored, self.form, by=self.request.user)
        log(instance=row, action="wagtail.edit", content_changed=self.has_content_changes)
        return row


class ScopedDeleteView(Scoped, generic.DeleteView):
    needs = "delete"
    remove = None
    refusals = ()
    inspect_url_name = None

    def get_queryset(self):
        return self.scoped(super().get_queryset())

    def delete_action(self):
        with transaction.atomic():
            self.said = self.remove(self.object, by=self.request.user)

    def form_valid(self, form):
        self.label = str(self.object)
        try:
            return super().form_valid(form)
        except self.refusals as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())

    def get_success_message(self):
        return self.said or _("%(row)s has been deleted.") % {"row": self.label}


class ScopedInspectView(Scoped, generic.InspectView):
    """The page of one row; opening it is written down where the viewset says how that is called."""

    viewed = ""

    def get_object(self, queryset=None):
        return get_object_or_404(self.scoped(self.model._default_manager.all()), pk=self.pk)

    def get(self, request, *args, **kwargs):
        if self.viewed:
            note(self.viewed, subject=subject_of_row(self.object), record=self.object, by=self.request.user)
        return super().get(request, *args, **kwargs)


class ScopedHistoryView(Scoped, history.HistoryView):
    def get_base_object_queryset(self):
        return self.scoped(super().get_base_object_queryset())


class ScopedRowView(Scoped, WagtailAdminTemplateMixin, TemplateView):
    """An own page of one row, below a viewset: `self.row` is fetched through the scope. GET shows, POST acts.

    With a `form_class` the form is checked first, and shown again with what is wrong in it.
    """

    model = None
    permission_policy = None
    inspect_url_name = None
    index_url_name = None
    form_class = None
    refusals = ()
    template_name = "privacy/office/act.html"
    lead = ""
    confirm_label = _("Yes, do it")
    danger = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(self.scoped(self.model._default_manager.all()), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.row)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": self.row_url(), "label": str(self.row)},
            {"url": "", "label": self.get_page_title()},
        ]

    def row_url(self):
        return reverse(self.inspect_url_name, args=[self.row.pk])

    def get_initial(self) -> dict:
        return {}

    def get_form(self):
        if self.form_class is None:
            return None
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, initial=self.get_initial())

    def facts(self) -> list[tuple]:
        """(label, value) pairs shown above the form: what the act will do, in full."""
        return []

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        media = {"media": form.media} if form else {}
        shown = {"row": self.row, "row_url": self.row_url(), "facts": self.facts(), "form": form}
        return super().get_context_data(**shown, **media, **kwargs)

    def act(self, form):
        """Carry the act out and return the sentence that says so."""
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            with transaction.atomic():
                said = self.act(form)
        except self.refusals as refusal:
            return self.refused(form, refusal)
        messages.success(request, said)
        return HttpResponseRedirect(self.done_url())

    def done_url(self):
        return self.row_url()

    def refused(self, form, refusal):
        """Say no: in the form where there is one, else on the row's page."""
        if form is not None:
            form.add_error(refusal.field if _has(form, refusal) else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.row_url())


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

    def get_common_view_kwargs(self, **kwargs):
        acts = {"add": self.create, "edit": self.change, "delete": self.remove}
        missing = {f"{name}_url_name": None for name, act in acts.items() if act is None}
        return super().get_common_view_kwargs(
            **{
                "usage_url_name": None,
                "scope": self.scope,
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
