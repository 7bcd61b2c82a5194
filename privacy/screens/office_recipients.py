"""The register of recipients: who may receive what, by which agreement, and what went there (N46, N49, L32, T23)."""

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from privacy import vault, words
from privacy.actions.documents import document_name, open_document
from privacy.actions.recipients import after_change
from privacy.models import Recipient
from privacy.queries import disclosures
from privacy.queries import recipients as queries
from privacy.rules import recipients as rules
from privacy.screens.office_recipient_acts import ACT, ACTS, ADD, SEE, AddRecipient, OneRecipient, labels
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin, today

RECENT = 25
ROOMS = (Room(_("Recipients"), "privacy-recipients", "group", SEE),)


class RecipientList(OfficePageMixin, TemplateView):
    """Everybody who may receive data, has received it, or waits to be approved."""

    rights = (SEE,)
    template_name = "privacy/office/recipients.html"
    page_title = _("Recipients")

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(ADD):
            return []
        return [HeaderButton(_("Add a recipient"), url=reverse("privacy-recipient-add"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        rows = list(queries.recipients())
        return super().get_context_data(
            rows=[(row, rules.reminder(row.agreement_expires_on, today())) for row in rows],
            waiting=queries.waiting_for_approval(),
            **kwargs,
        )


class RecipientPage(OneRecipient, TemplateView):
    """One recipient: what is agreed, what waits, its papers, and every hand-over."""

    template_name = "privacy/office/recipient.html"

    def get_page_title(self):
        return self.recipient.name

    def path(self):
        return super().path()[:-1]

    def get_context_data(self, **kwargs):
        row, may = self.recipient, self.request.user.has_perm(ACT)
        rows = disclosures.disclosures(recipient=row.code)
        return super().get_context_data(
            recipient=row,
            activities=[words.activity_title(code) for code in row.activities],
            fields=[words.field_title(name) for name in row.allowed_fields],
            change=[(labels(name), _shown(getattr(row, name)), _shown(new)) for name, new in _change(row)],
            missing=rules.missing(after_change(row), day=today()) if row.state != "ended" else [],
            left=rules.reminder(row.agreement_expires_on, today()),
            papers=queries.papers_of(row),
            plot=queries.plot_of(row, day=today()),
            rows=rows[:RECENT],
            count=rows.count(),
            acts=[(name, act.page_title, act.danger) for name, act in ACTS.items() if may and act.possible(row)],
            **kwargs,
        )


def _change(row: Recipient):
    return [(name, new) for name, new in row.proposed_change.items() if name not in ("agreement", "agreement_sha256")]


def _shown(value):
    if isinstance(value, list):
        return ", ".join(words.activity_title(code) if "-" in code else words.field_title(code) for code in value)
    return str(value or "")


class Paper(OneRecipient, View):
    """One agreement, always as a download; opening it is noted."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        papers = {str(paper.pk): paper for paper, *_rest in queries.papers_of(self.recipient)}
        paper = papers.get(str(kwargs["paper"]))
        if paper is None:
            raise Http404
        try:
            content = open_document(paper, by=request.user)
        except (vault.KeyDestroyed, vault.Damaged):
            messages.error(request, _("The paper can no longer be read. What we know about it is kept."))
            return HttpResponseRedirect(self.back_url())
        return FileResponse(content, as_attachment=True, filename=document_name(paper), content_type=paper.media_type)


def addresses():
    """Paths below /admin/."""
    one = "privacy/recipients/<slug:code>/"
    acts = [path(f"{one}{name}/", act.as_view(), name=f"privacy-recipient-{name}") for name, act in ACTS.items()]
    return [
        path("privacy/recipients/", RecipientList.as_view(), name="privacy-recipients"),
        path("privacy/add-recipient/", AddRecipient.as_view(), name="privacy-recipient-add"),
        path(one, RecipientPage.as_view(), name="privacy-recipient"),
        path(f"{one}papers/<uuid:paper>/", Paper.as_view(), name="privacy-recipient-paper"),
        *acts,
    ]
