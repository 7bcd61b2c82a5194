"""Careers in the staff pages: applications, talent pool, and who may read what. Rows come only through the scope."""

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from careers import actions, queries
from careers.models import Application, TalentPoolEntry, VacancyShare
from careers.rules.stages import kept_until, moves_from
from careers.screens.forms import MoveForm, NoteForm
from careers.screens.own import as_download
from privacy import actions as engine
from privacy.queries import active
from privacy.screens.scoping import ScopedIndexView, ScopedInspectView, ScopedModelViewSet, ScopedRowView, unlock


def named(row) -> str:
    """The name somebody gave, or the number of the row where it can no longer be read."""
    return row.full_name or str(row)


class UnlockedIndex(ScopedIndexView):
    """A list that shows sealed values: the keys of one page of rows come in one query."""

    def _get_custom_column(self, field_name, column_class=Column, **kwargs):
        column = super()._get_custom_column(field_name, column_class, **kwargs)
        if getattr(self.model._meta.get_field(field_name), "is_sealed", False):
            # Sorting by sealed bytes would be no order at all.
            column.sort_key = None
        return column

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = unlock(rows)
        return paginator, page, page.object_list, is_paginated


class ApplicationPage(ScopedInspectView):
    """All there is to know about one application, with what can be done next to it."""

    def get_page_subtitle(self):
        return self.object.vacancy_title

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(
            files=[each.file for each in active(row.files.select_related("file"))],
            stages=unlock(active(row.stages.select_related("actor"))),
            notes=unlock(active(row.notes.select_related("author"))),
            kept_until=kept_until(row.clock_from),
            note_form=NoteForm(),
            move_form=self._move_form(row),
            **kwargs,
        )

    def _move_form(self, row):
        stages = moves_from(row.state)
        return MoveForm(stages=stages) if stages and self.user_has_permission("change") else None


class Move(ScopedRowView):
    """On to the next stage; the applicant is told."""

    needs = "change"
    page_title = _("Move")
    confirm_label = _("Move")
    lead = _("The applicant is told by mail, except when the application is only being read.")

    def get_form(self):
        posted = self.request.POST if self.request.method == "POST" else None
        return MoveForm(posted, stages=moves_from(self.row.state))

    def act(self, form):
        said = form.cleaned_data
        moved = actions.move_application(self.row, to=said["to"], by=self.request.user, reason=said["reason"])
        return _("The application is now in the stage “%(stage)s”.") % {"stage": moved.get_state_display()}


class AddNote(ScopedRowView):
    """Something written down about the application."""

    page_title = _("Note")
    confirm_label = _("Save the note")
    form_class = NoteForm

    def act(self, form):
        actions.add_note(self.row, text=form.cleaned_data["text"], by=self.request.user)
        return _("The note is saved.")


class CvDownload(ScopedRowView):
    """The CV as a download, never shown in the browser; opening it is written down."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        found = active(self.row.files.select_related("file")).filter(kind="cv").first()
        if found is None:
            return HttpResponseRedirect(self.row_url())
        if request.method == "GET":
            engine.note_read(found, by=request.user)
        engine.note("application.file_opened", subject=self.row.subject_id, record=found, by=request.user)
        return as_download(found.file)


class ApplicationViewSet(ScopedModelViewSet):
    model = Application
    icon = "doc-full"
    heading = staticmethod(named)
    menu_label = _("Applications")
    url_prefix = "careers/applications"
    viewed = "application.viewed"
    refusals = (actions.NotPossible,)
    index_view_class = UnlockedIndex
    inspect_view_class = ApplicationPage
    inspect_template_name = "careers/admin/application.html"
    own_views = {"move": Move, "note": AddNote, "cv": CvDownload}
    list_display = [
        "full_name",
        Column("vacancy_title", label=_("Vacancy"), sort_key="vacancy_title"),
        Column("get_state_display", label=_("Stage"), sort_key="state"),
        DateColumn("submitted_at", label=_("Sent"), sort_key="submitted_at"),
        DateColumn("confirmed_at", label=_("Address confirmed")),
    ]
    list_filter = ["vacancy_reference", "state"]
    search_fields = ["vacancy_title", "vacancy_reference"]
    search_backend_name = None
    ordering = "-submitted_at"
    list_per_page = 20
    list_select_related = ("subject",)

    def scope(self, queryset, user):
        return queries.readable_by(queryset, user)


class TalentPoolViewSet(ScopedModelViewSet):
    model = TalentPoolEntry
    icon = "group"
    heading = staticmethod(named)
    menu_label = _("Talent pool")
    url_prefix = "careers/talent-pool"
    viewed = "talent_pool.viewed"
    index_view_class = UnlockedIndex
    list_display = [
        "full_name",
        Column("interest", label=_("First applied for")),
        DateColumn("agreed_on", label=_("Agreed on"), sort_key="agreed_on"),
    ]
    inspect_view_fields = ["full_name", "email", "interest", "agreed_on"]
    search_backend_name = None
    ordering = "-agreed_on"
    list_per_page = 20


class StaffChoice(forms.ModelChoiceField):
    """Colleagues by name; whoever has not written theirs, by address."""

    def label_from_instance(self, user):
        return user.get_full_name() or user.email


class ShareForm(WagtailAdminModelForm):
    user = StaffChoice(label=_("Hiring leader"), queryset=None)

    class Meta:
        model = VacancyShare
        fields = ["vacancy", "user", "until"]

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = get_user_model().objects.filter(
            groups__name=actions.HIRING_LEADERS, is_active=True
        )

    def _get_validation_exclusions(self):
        # Sharing again with the same leader moves the day: that there is a row already is no mistake.
        return super()._get_validation_exclusions() | {"user"}


class VacancyShareViewSet(ScopedModelViewSet):
    model = VacancyShare
    icon = "key"
    menu_label = _("Shared vacancies")
    url_prefix = "careers/shares"
    form_class = ShareForm
    refusals = (actions.NotPossible,)
    list_display = [
        "vacancy",
        Column("user", label=_("Hiring leader"), accessor=lambda row: row.user and row.user.get_full_name()),
        DateColumn("until", label=_("Until"), sort_key="until"),
    ]
    inspect_view_fields = ["vacancy", "until", "given_at"]
    search_backend_name = None
    ordering = "-until"
    list_select_related = ("vacancy", "user")

    def create(self, form, *, by):
        said = form.cleaned_data
        return actions.share_vacancy(said["vacancy"], user=said["user"], until=said["until"], by=by)

    def remove(self, row, *, by):
        actions.stop_sharing(row, by=by)


class CareersGroup(ModelViewSetGroup):
    menu_label = _("Careers")
    menu_icon = "group"
    menu_order = 310
    items = (
        ApplicationViewSet("careers_applications"),
        TalentPoolViewSet("careers_pool"),
        VacancyShareViewSet("careers_shares"),
    )
