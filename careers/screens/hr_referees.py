"""Referees in the staff pages, for HR alone: named, agreed to, told, heard. Each belongs to one application."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers import actions
from careers.screens.application_panels import Panel
from careers.screens.meeting_forms import RefereeConsentForm, RefereeNoteForm, StaffRefereeForm, TellForm
from privacy import actions as engine
from privacy.queries import active
from privacy.screens.scoping import ScopedRowView, unlock

SEES = "careers.view_referee"


def panel(request, row) -> Panel | None:
    """The referees of one application with what they said; seeing them is written down."""
    if not request.user.has_perm(SEES):
        return None
    rows = unlock(active(row.referees.all()))
    shown = [
        {
            "row": each,
            "may_ask": actions.may_ask(each),
            "notes": unlock(active(each.notes.select_related("author"))),
            "query": f"?referee={each.pk}",
        }
        for each in rows
    ]
    for each in rows:
        engine.note_read(each, by=request.user)
    may_add = row.is_live and request.user.has_perm("careers.add_referee")
    context = {
        "referees": shown,
        "add_url": reverse("careers_applications:referee", args=[row.pk]) if may_add else "",
        "may_change": request.user.has_perm("careers.change_referee"),
    }
    return Panel(_("Referees"), "careers/admin/referees_panel.html", context)


class AddReferee(ScopedRowView):
    """A referee the applicant has named to us; the applicant is asked before anybody is contacted."""

    also = ("careers.add_referee",)
    page_title = _("Add a referee")
    confirm_label = _("Save and ask the applicant")
    lead = _("The applicant gets a mail and says yes or no to this one. Nobody is contacted before that.")
    form_class = StaffRefereeForm

    def act(self, form):
        actions.add_referee(self.row, **form.cleaned_data, by=self.request.user)
        return _("The referee is saved, and the applicant is asked.")


class RefereeAct(ScopedRowView):
    """An act on one referee of the application, named in the address by its key."""

    also = ("careers.change_referee",)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        wanted = request.GET.get("referee", "")
        rows = active(self.row.referees.select_related("application__subject"))
        self.referee = next((each for each in rows if str(each.pk) == wanted), None)
        if self.referee is None:
            raise Http404

    def facts(self):
        return [(_("Referee"), self.referee.full_name), (_("How they know the applicant"), self.referee.relation)]


class Agree(RefereeAct):
    """The applicant has said yes another way than on their page."""

    page_title = _("The applicant agrees")
    confirm_label = _("Save the consent")
    form_class = RefereeConsentForm

    def facts(self):
        text = self._text()
        return [*super().facts(), (_("The question"), text.wording), (_("Taking it back"), text.how_to_withdraw)]

    def act(self, form):
        actions.agree_to_referee(self.referee, text=self._text(), method=form.cleaned_data["how"], by=self.request.user)
        return _("The consent is saved. This referee may be asked now.")

    def _text(self):
        return engine.text_for(actions.REFEREE, self.row.language)


class Tell(RefereeAct):
    """First contact: the referee is told who named them and what we hold."""

    page_title = _("Contact the referee")
    confirm_label = _("The referee is told")
    lead = _(
        "By e-mail we send it now. On the phone, say it yourself: who named them, that we hold their name and how to "
        "reach them, for this position only, until the application is erased, that they need not answer, that they "
        "may see, correct and erase it, and that they can complain to Datatilsynet."
    )
    form_class = TellForm

    def act(self, form):
        actions.tell_referee(self.referee, how=form.cleaned_data["how"], by=self.request.user)
        return _("It is written down that the referee is told.")


class WriteDown(RefereeAct):
    """What the referee said."""

    page_title = _("What the referee said")
    confirm_label = _("Save")
    form_class = RefereeNoteForm

    def act(self, form):
        actions.note_referee(self.referee, **form.cleaned_data, by=self.request.user)
        return _("It is saved.")


class Remove(RefereeAct):
    """The referee goes: the applicant or the referee has asked for it, or nobody needs it any more."""

    page_title = _("Erase the referee")
    confirm_label = _("Erase")
    danger = True
    lead = _("Name, address and what was said are erased at once. The applicant's consent to this one ends.")

    def act(self, form):
        actions.remove_referee(self.referee, by=self.request.user, method="office")
        return _("The referee is being erased.")


ROW_VIEWS = {
    "referee": AddReferee,
    "referee-agree": Agree,
    "referee-tell": Tell,
    "referee-note": WriteDown,
    "referee-remove": Remove,
}
