"""Sensitive content, from the page of an application: close a part off, and settle what is closed off (N16, T7)."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers import actions
from careers.models import Finding
from careers.screens.application_panels import Panel
from careers.screens.meeting_forms import FlagForm
from careers.withholding import is_withheld, readable
from privacy.queries import active
from privacy.screens.scoping import ScopedRowView, unlock

FLAGS = "careers.add_finding"
SETTLES = "careers.change_finding"


def parts_of(row) -> list[tuple[str, str]]:
    """(code, label) of everything in an application that can be closed off and is not yet."""
    parts = [("letter:" + str(row.pk), _("The letter"))] if row.message and not is_withheld(row) else []
    for each in readable(active(row.files.all())):
        # By its kind: what a file is called may say whose it is, which a blind review hides.
        parts.append((f"file:{each.pk}", _("The file: %(kind)s") % {"kind": each.get_kind_display()}))
    for each in readable(active(row.answers.all())):
        parts.append((f"answer:{each.pk}", _("The answer to “%(question)s”") % {"question": each.question_text}))
    for number, each in enumerate(readable(active(row.notes.all())), start=1):
        parts.append((f"note:{each.pk}", _("Our note number %(n)s") % {"n": number}))
    return parts


def panel(request, row) -> Panel | None:
    """What is closed off, and the way to close something off."""
    user = request.user
    if not user.has_perm(FLAGS):
        return None
    context = {
        "findings": active(row.findings.select_related("found_by")),
        "flag_url": reverse("careers_applications:flag", args=[row.pk]),
        "settle_url": reverse("careers_applications:finding", args=[row.pk]) if user.has_perm(SETTLES) else "",
    }
    return Panel(gettext_lazy("Sensitive content"), "careers/admin/findings_panel.html", context)


class Flag(ScopedRowView):
    """Close off one part; the applicant is told."""

    also = (FLAGS,)
    page_title = gettext_lazy("Sensitive content found")
    confirm_label = gettext_lazy("Close it off")
    lead = gettext_lazy(
        "Nobody on staff can read this part from now on. The applicant is told and may remove it, or insist that it "
        "stays. After 30 days it is removed. It must not count in the decision."
    )

    def get_form(self):
        posted = self.request.POST if self.request.method == "POST" else None
        return FlagForm(posted, parts=unlocked_parts(self.row))

    def act(self, form):
        kind, _colon, key = form.cleaned_data["what"].partition(":")
        reason = form.cleaned_data["reason"]
        actions.flag_content(self.row, kind=kind, target=key, reason=reason, by=self.request.user)
        return _("It is closed off, and the applicant is told.")


class Settle(ScopedRowView):
    """Give a part back, or remove it."""

    also = (SETTLES,)
    page_title = gettext_lazy("Settle what is closed off")
    confirm_label = gettext_lazy("Remove it")
    danger = True
    lead = gettext_lazy("Removing cannot be undone. Give it back only if it was closed off by mistake.")
    template_name = "careers/admin/finding.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        wanted = request.GET.get("finding", "")
        rows = active(self.row.findings.filter(state=Finding.State.OPEN).select_related("application__subject"))
        self.finding = next((each for each in rows if str(each.pk) == wanted), None)
        if self.finding is None:
            raise Http404

    def facts(self):
        return [
            (_("Where"), self.finding.get_kind_display()),
            (_("What kind"), self.finding.get_reason_display()),
            (_("Removed at the latest after"), self.finding.due_on),
        ]

    def act(self, form):
        if self.request.POST.get("act") == "clear":
            actions.clear_finding(self.finding, by=self.request.user)
            return _("It is given back: staff can read it again, and the applicant is told.")
        actions.remove_content(self.finding, by=self.request.user)
        return _("It is removed, and the applicant is told.")


def unlocked_parts(row) -> list[tuple[str, str]]:
    """The parts, with the person's key fetched once."""
    unlock([row])
    return parts_of(row)


ROW_VIEWS = {"flag": Flag, "finding": Settle}
