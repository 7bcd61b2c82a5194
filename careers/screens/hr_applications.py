"""Applications in the staff pages. Rows come only through the scope."""

from importlib import import_module

from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn

from careers import actions, queries, queries_board
from careers.blindness import blinded
from careers.models import Application
from careers.rules.stages import ON_BOARD, state_of, steps_from
from careers.screens import application_panels
from careers.screens.hr_board import ORDERS, board_url, list_url
from careers.screens.hr_files import is_hidden
from careers.screens.hr_forms import MoveForm
from careers.screens.hr_lists import UnlockedIndex, named
from careers.screens.words import public_state
from careers.withholding import is_withheld
from privacy import actions as engine
from privacy.queries import active, kept_until
from privacy.screens.scoping import ScopedInspectView, ScopedModelViewSet, ScopedRowView, unlock

# Modules of careers/screens/ with acts on one application; each exposes ROW_VIEWS = {name: ScopedRowView}.
ROW_MODULES: tuple[str, ...] = (
    "hr_files",
    "hr_interviews",
    "hr_referees",
    "hr_findings",
    "hr_guardians",
    "hr_register",
    "hr_reopen",
    "hr_hired",
    "hr_assessments",
    "hr_notes",
)
# The panels with this kind of template stand beside the facts on a wide screen: what somebody wrote, next to who.
PAPERS = "careers/admin/files"


def row_views() -> dict:
    """The acts of all modules, by the name of their address."""
    found = [import_module(f"careers.screens.{name}").ROW_VIEWS for name in ROW_MODULES]
    return {name: after_assessment(name, view) for each in found for name, view in each.items()}


def after_assessment(name: str, view):
    """The act, kept from a blind reader: it shows or needs to know who applied. Only the assessment itself is not."""
    return view if name == "assess" else type(view.__name__, (NamesFirst, view), {})


class NamesFirst:
    """In a blind review a reader assesses first; then the names are there, and the acts that need them."""

    def dispatch(self, request, *args, **kwargs):
        if queries.is_blind(self.row, request.user):
            messages.error(request, _("Names are hidden here. Hand in your own assessment first; nothing was changed."))
            return HttpResponseRedirect(self.row_url())
        return super().dispatch(request, *args, **kwargs)


class ApplicationPage(ScopedInspectView):
    """All there is to know about one application, with what can be done next to it."""

    def get_page_subtitle(self):
        return self.object.vacancy_title

    def get_context_data(self, **kwargs):
        row = self.object
        panels = application_panels.panels(self.request, row)
        return super().get_context_data(
            shown_name=queries.shown_name(row, self.request.user),
            is_hidden=is_hidden(row, self.request.user),
            public=public_state(row.state),
            is_blind=queries.is_blind(row, self.request.user),
            letter=blinded(row.message, row, self.request.user),
            letter_withheld=is_withheld(row),
            stages=unlock(active(row.stages.select_related("actor"))),
            kept_until=kept_until(row),
            beside=[panel for panel in panels if panel.template.startswith(PAPERS)],
            panels=[panel for panel in panels if not panel.template.startswith(PAPERS)],
            move_form=self._move_form(row),
            **self._neighbours(row),
            **kwargs,
        )

    def _move_form(self, row):
        if queries.is_blind(row, self.request.user) or not self.user_has_permission("change"):
            return None
        return MoveForm(step=row.step) if steps_from(row.step) else None

    def _neighbours(self, row) -> dict:
        """The one before and the one after in the list this page was opened from, and where in it we are."""
        step, order = self.request.GET.get("step", ""), self.request.GET.get("order", "")
        narrowed = {"step": step if step in ON_BOARD else "", "order": order if order in ORDERS else "sent"}
        place = queries_board.place_of(row, self.request.user, **narrowed)
        if place is None:
            # Moved out of the filter: the whole vacancy is still there to go on in.
            narrowed = {"step": "", "order": "sent"}
            place = queries_board.place_of(row, self.request.user)
        tail = urlencode(narrowed)
        found = {"place": place, "list_url": f"{list_url(row.vacancy_reference)}?{tail}"}
        for name in ("before", "after"):
            key = getattr(place, name)
            found[name] = f"{reverse('careers_applications:inspect', args=[key])}?{tail}" if key else ""
        return found


class Move(ScopedRowView):
    """On to another step. A mail is shown before it is sent, and what was shown is what is sent."""

    needs = "change"
    page_title = _("Move")
    template_name = "careers/admin/move.html"
    lead = _("You see the mail before it is sent. Between steps of the same stage nothing is sent.")

    def get_form(self):
        posted = self.request.POST if self.request.method == "POST" else None
        wanted = {name: self.request.GET.get(name, "") for name in ("to", "next")}
        return MoveForm(posted, step=self.row.step, initial=wanted)

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid() or "edit" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        said = {name: form.cleaned_data[name] for name in ("to", "reason", "words")}
        try:
            preview = actions.preview_move(self.row, **said)
            shown = request.POST.get("shown") or ("" if preview.letter else preview.digest)
            if not shown:
                return self._previewed(form, preview)
            with transaction.atomic():
                moved = actions.move_application(self.row, **said, by=request.user, shown=shown)
        except actions.NotAsShown as refusal:
            messages.error(request, str(refusal))
            return self._previewed(form, actions.preview_move(self.row, **said), status=409)
        except self.refusals as refusal:
            return self.refused(form, refusal)
        messages.success(request, _said(moved, preview))
        return HttpResponseRedirect(self._next_url(form.cleaned_data["next"]))

    def _previewed(self, form, preview, status=200):
        # Name and address stand in the mail: who is shown it has looked (L47).
        engine.note_read(self.row, by=self.request.user)
        user = self.request.user
        context = self.get_context_data(
            form=form,
            preview=preview,
            public=public_state(state_of(preview.step)),
            shown_name=queries.shown_name(self.row, user),
            is_hidden=is_hidden(self.row, user),
        )
        return self.render_to_response(context, status=status)

    def _next_url(self, where: str) -> str:
        urls = {"board": board_url, "list": list_url}
        return urls[where](self.row.vacancy_reference) if where else self.row_url()


def _said(moved, preview) -> str:
    stage = {"stage": moved.get_step_display()}
    if preview.letter is None:
        return _("The application is now in the step “%(stage)s”. Nothing was sent.") % stage
    if not preview.letter.to:
        return _("The application is now in the step “%(stage)s”. There is no address to send a mail to.") % stage
    return _("The application is now in the step “%(stage)s”, and the mail is on its way.") % stage


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
    own_views = {"move": after_assessment("move", Move), **row_views()}
    list_display = [
        "full_name",
        Column("vacancy_title", label=_("Vacancy"), sort_key="vacancy_title"),
        Column("get_step_display", label=_("Step"), sort_key="step"),
        DateColumn("submitted_at", label=_("Sent"), sort_key="submitted_at"),
        DateColumn("confirmed_at", label=_("Address confirmed")),
    ]
    list_filter = ["vacancy_reference", "step"]
    search_fields = ["vacancy_title", "vacancy_reference"]
    search_backend_name = None
    ordering = "-submitted_at"
    list_per_page = 20
    list_select_related = ("subject",)

    def scope(self, queryset, user):
        return queries.readable_by(queryset, user)


VIEWSETS = (ApplicationViewSet("careers_applications"),)
