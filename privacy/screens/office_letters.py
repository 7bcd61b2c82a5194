"""A message of a case on paper: the page for the printer, its PDF, and the note that it was posted (N68)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages

from privacy import actions, queries
from privacy.letters import NoPdf, letter_html, letter_of, letter_pdf
from privacy.models import RequestMessage
from privacy.queries.office_cases import contact_in
from privacy.screens.office_scope import ACT, SEE, OneCase


class LetterPage(OneCase, View):
    """GET shows the sheet; POST says that it was printed and posted."""

    rights = (SEE, ACT)
    http_method_names = ["get", "head", "post"]

    def get(self, request, *args, **kwargs):
        actions.note_read(self.case, by=request.user)
        return self.sheet()

    def post(self, request, *args, **kwargs):
        try:
            actions.letter_printed(self.case, by=request.user)
        except actions.RequestRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted: the letter is on its way."))
        return HttpResponseRedirect(self.case_url())

    def message(self):
        sent = self.case.messages.filter(direction=RequestMessage.Direction.TO_PERSON)
        message = get_object_or_404(sent, pk=self.kwargs["message"])
        message.request = self.case
        return message

    def letter(self):
        contact = contact_in(queries.request_page(self.case).messages)
        return letter_of(self.message(), name=contact.name, postal_address=contact.postal_address)

    def waits(self) -> bool:
        """Whether something in this case is still to be posted."""
        return self.case.messages.filter(direction=RequestMessage.Direction.TO_PERSON, sent_at=None).exists()

    def pdf_url(self):
        return reverse("privacy-request-pdf", args=[self.case.pk, self.kwargs["message"]])

    def sheet(self, said: str = ""):
        letter = self.letter()
        # The tools speak the reader's language, the sheet the person's.
        tools = {
            "letter": letter,
            "said": said,
            "case_url": self.case_url(),
            "pdf_url": self.pdf_url(),
            "waits": self.waits(),
        }
        bar = render_to_string("privacy/letters/tools.html", tools, request=self.request)
        return HttpResponse(letter_html(letter, tools=bar))


class LetterPdf(LetterPage):
    """The same sheet as a PDF, or the page with a sentence where no PDF can be made."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        actions.note_read(self.case, by=request.user)
        try:
            content = letter_pdf(self.letter())
        except NoPdf as missing:
            return self.sheet(said=str(missing))
        name = f'attachment; filename="{self.case.number}.pdf"'
        return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})
