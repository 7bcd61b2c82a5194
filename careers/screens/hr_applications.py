"""Applications in the staff pages. Rows come only through the scope."""

from importlib import import_module

from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from careers import actions, queries
from careers.models import Application
from careers.rules.stages import kept_until, moves_from
from careers.screens import application_panels
from careers.screens.hr_forms import MoveForm, NoteForm
from careers.screens.hr_lists import UnlockedIndex, named
from careers.screens.own import as_download
from privacy import actions as engine
from privacy.queries import active
from privacy.screens.scoping import ScopedInspectView, ScopedModelViewSet, ScopedRowView, unlock

# Modules of careers/screens/ with acts on one application; each exposes ROW_VIEWS = {name: ScopedRowView}.
ROW_MODULES: tuple[str, ...] = ()


def row_views() -> dict:
    """The acts of all modules, by the name of their address."""
    found = [import_module(f"careers.screens.{name}").ROW_VIEWS for name in ROW_MODULES]
    return {name: view for each in found for name, view in each.items()}


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
            panels=application_panels.panels(self.request, row),
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
    own_views = {"move": Move, "note": AddNote, "cv": CvDownload, **row_views()}
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


VIEWSETS = (ApplicationViewSet("careers_applications"),)
