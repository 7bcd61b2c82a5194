"""Wagtail's generic views of a model, scoped; used through `scoping.ScopedModelViewSet`."""

from datetime import datetime

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.log_actions import log

from privacy.actions.reads import note_read
from privacy.actions.trail import note
from privacy.screens.scope import Scoped, containing, subject_of_row

_EMPTY = (None, "")


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
            form.add_error(getattr(refusal, "field", None) if has_field(form, refusal) else None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_url(self):
        return self.row_url() or super().get_success_url()

    def get_success_buttons(self):
        return []

    def row_url(self):
        return reverse(self.inspect_url_name, args=[self.object.pk]) if self.inspect_url_name else None


def has_field(form, refusal) -> bool:
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

    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        # The form shows the row as much as its page does.
        if request.method == "GET":
            note_read(self.object, by=request.user)
        return answer

    def get_page_subtitle(self):
        return self.heading(self.object)

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

    def get_page_subtitle(self):
        return self.heading(self.object)

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
    template_name = "privacy/office/row.html"

    def get_object(self, queryset=None):
        return get_object_or_404(self.scoped(self.model._default_manager.all()), pk=self.pk)

    def get_page_title(self):
        return self.heading(self.object)

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        rows = capfirst(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": rows},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        # Wagtail prints a moment as it is stored, which is not the hour on the wall.
        return localtime(value) if isinstance(value, datetime) else value

    def get_fields_context(self):
        # What is empty is left out: a page of labels without values says nothing.
        return [shown for shown in super().get_fields_context() if shown["component"] or shown["value"] not in _EMPTY]

    def get(self, request, *args, **kwargs):
        # A HEAD asks whether the page is there; only who is shown the page has looked (L47).
        if request.method == "GET":
            note_read(self.object, by=request.user)
        if self.viewed:
            note(self.viewed, subject=subject_of_row(self.object), record=self.object, by=self.request.user)
        return super().get(request, *args, **kwargs)


class ScopedHistoryView(Scoped, history.HistoryView):
    def get_base_object_queryset(self):
        return self.scoped(super().get_base_object_queryset())
