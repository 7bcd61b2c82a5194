"""The documents of an application beside its facts: pages as pixels or words, never the document itself (T18 to T21).

The document comes as a download only, after a press of its own. What the scanner has not passed, what is closed off as
sensitive, and what a blind review hides is 404 at every address here; each look is written down.
"""

import base64
import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers import queries
from careers.models import ApplicationFile
from careers.screens.application_panels import Panel
from careers.screens.own import as_download
from careers.uploads.scanning import may_be_seen
from careers.withholding import is_withheld, readable
from privacy import actions as engine
from privacy.queries import active
from privacy.screens.scoping import ScopedRowView, unlock

# What was uploaded may be shown by nothing but an <img>, and even opened alone it can do nothing.
_NOTHING = {"default-src": ["'none'"], "script-src": ["'none'"], "style-src": ["'none'"], "sandbox": True}


def panel(request, row) -> Panel | None:
    """The documents of an application, or why they cannot be shown now."""
    files = readable(active(row.files.select_related("file", "application__subject").order_by("kind")))
    if not files:
        return None
    if is_hidden(row, request.user):
        return Panel(_("Documents"), "careers/admin/files_panel.html", {"is_hidden": True})
    shown = [_described(row, each, request.user) for each in files]
    return Panel(_("Documents"), "careers/admin/files_panel.html", {"files": shown})


def is_hidden(row, user) -> bool:
    """Whether a blind review hides from this reader who it is: a document says it on its first line."""
    return queries.shown_name(row, user) != row.full_name


def _described(row, attached: ApplicationFile, user) -> dict:
    tail = f"?file={attached.pk}"
    may_look = may_be_seen(attached.file.scan_state)
    pages, text = [], ""
    if may_look:
        # The pages are read at their own addresses; here it is enough to know which there are.
        pages = list(attached.previews.exclude(image=b"").values_list("number", flat=True))
        text = _text_of(attached, user) if not pages else ""
    page_url = reverse("careers_applications:page", args=[row.pk])
    return {
        "attached": attached,
        "may_look": may_look,
        "pages": [{"number": number, "url": f"{page_url}{tail}&page={number}"} for number in pages],
        "text": text,
        "more": max(0, attached.pages - len(pages)),
        "download_url": reverse("careers_applications:document", args=[row.pk]) + tail,
    }


def _text_of(attached, user) -> str:
    words = unlock(attached.previews.exclude(text=b"").select_related("file__application__subject"))
    if words:
        engine.note_read(attached, by=user)
    return "\n".join(each.text for each in words)


class OfOneFile(ScopedRowView):
    """A page about one file of the application: ``?file=`` names it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.attached = self._attached(request)

    def _attached(self, request) -> ApplicationFile:
        try:
            key = uuid.UUID(request.GET.get("file", ""))
        except ValueError:
            raise Http404 from None
        found = active(self.row.files.select_related("file", "application__subject")).filter(pk=key).first()
        if found is None or not may_be_seen(found.file.scan_state):
            raise Http404
        if is_withheld(found) or is_hidden(self.row, request.user):
            raise Http404
        return found


class Page(OfOneFile):
    """One page of a document in pixels, for an <img> only."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        number = request.GET.get("page", "")
        drawn = self.attached.previews.exclude(image=b"").filter(number=number if number.isdecimal() else 0).first()
        if drawn is None:
            raise Http404
        if request.method == "GET":
            engine.note_read(self.attached, by=request.user)
        response = HttpResponse(base64.b64decode(drawn.image), content_type="image/png")
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Disposition"] = "inline"
        response._csp_replace = _NOTHING
        return response


class Document(OfOneFile):
    """The document as a download: a page that says what it is, and one more press."""

    page_title = _("Download the document")
    confirm_label = _("Download")
    lead = _(
        "The pictures beside the application cannot do anything on your computer; a document can. It was cleaned of "
        "everything that runs, and of who made it. Delete your copy when you have read it: here it goes by itself."
    )

    def facts(self):
        stored = self.attached.file
        return [
            (_("Document"), stored.display_name),
            (_("Type"), stored.media_type),
            (_("Virus scanner"), stored.get_scan_state_display()),
        ]

    def post(self, request, *args, **kwargs):
        engine.note_read(self.attached, by=request.user)
        engine.note("application.file_opened", subject=self.row.subject_id, record=self.attached, by=request.user)
        response = as_download(self.attached.file)
        response._csp_replace = _NOTHING
        return response


ROW_VIEWS = {"page": Page, "document": Document}
