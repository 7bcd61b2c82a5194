"""Applicants under 18 in the staff pages: the talk with a guardian, and what to do when it is a child (L30)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers import actions
from careers.models import GuardianCheck
from careers.screens.application_panels import Panel
from careers.screens.meeting_forms import GuardianForm
from privacy.queries import active
from privacy.screens.scoping import ScopedRowView

RIGHT = "careers.add_guardiancheck"


def panel(request, row) -> Panel | None:
    """Shown to HR for every application that may come from somebody under age."""
    if not request.user.has_perm(RIGHT):
        return None
    check = active(GuardianCheck.objects.filter(application=row)).first()
    context = {
        "is_minor": row.minor,
        "check": check,
        "check_url": reverse("careers_applications:guardian", args=[row.pk]),
        "child_url": reverse("careers_applications:child", args=[row.pk]),
    }
    return Panel(_("Age"), "careers/admin/guardian_panel.html", context)


class Guardian(ScopedRowView):
    """A parent or guardian knows and agrees."""

    also = (RIGHT,)
    page_title = _("Talk with a parent or guardian")
    confirm_label = _("Save")
    lead = _("Before an interview or an offer a parent or guardian of somebody under 18 must know of it and agree.")

    def get_form(self):
        posted = self.request.POST if self.request.method == "POST" else None
        return GuardianForm(posted, initial={"checked_on": timezone.localdate()})

    def act(self, form):
        actions.record_guardian_check(self.row, **form.cleaned_data, by=self.request.user)
        return _("It is saved.")


class Child(ScopedRowView):
    """The applicant is a child."""

    also = (RIGHT,)
    danger = True
    page_title = _("The applicant is a child")
    confirm_label = _("Erase everything about this child")
    lead = _(
        "For somebody under 15, or under 13 online, we may not keep an application without a guardian. Everything we "
        "hold about this person is erased, not only this application. This cannot be undone."
    )

    def act(self, form):
        actions.erase_child(self.row, by=self.request.user)
        return _("Everything about this child is being erased.")

    def done_url(self):
        return reverse(self.index_url_name)


ROW_VIEWS = {"guardian": Guardian, "child": Child}
