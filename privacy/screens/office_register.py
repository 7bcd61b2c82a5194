"""A request that came by post, phone or e-mail: registered by hand, counted from its arrival (N68, L1)."""

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from privacy import actions, vault
from privacy.queries import office_cases
from privacy.rules.requests import OPEN
from privacy.scans import ScanRefused, check_scan
from privacy.screens.office_forms import LetterForm
from privacy.screens.office_scope import REGISTER, SEE, OfficePageMixin, OneCase


class Register(OfficePageMixin, TemplateView):
    """GET shows the form; POST registers, unless the same right is open for the same address: then it asks first."""

    rights = (SEE, REGISTER)
    template_name = "privacy/office/register.html"
    page_title = _("Register a letter or a call")
    http_method_names = ["get", "head", "post"]

    def post(self, request, *args, **kwargs):
        form = LetterForm(request.POST, request.FILES)
        scan = self._scan(form) if form.is_valid() else None
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        same = open_already(form.cleaned_data)
        if same and request.POST.get("step") != "anyway":
            return self.render_to_response(self.get_context_data(form=form, same=same))
        try:
            case = self._register(form.cleaned_data, scan)
        except (actions.RequestRefused, actions.EmptyFile) as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Registered as %(number)s.") % {"number": case.number})
        return HttpResponseRedirect(reverse("privacy-request", args=[case.pk]))

    def _scan(self, form):
        upload = form.cleaned_data.get("scan")
        if upload is None:
            return None
        try:
            return check_scan(upload)
        except ScanRefused as refusal:
            form.add_error("scan", str(refusal))
            return None

    def _register(self, said, scan):
        return actions.register_letter(
            right=said["right"],
            channel=said["channel"],
            received_on=said["on"],
            text=said["text"],
            contact={name: said[name] for name in ("name", "email", "postal_address")},
            scan=scan,
            language=said["language"],
            by=self.request.user,
        )

    def get_context_data(self, form=None, same=(), **kwargs):
        form = form or LetterForm(initial={"channel": "letter"})
        return super().get_context_data(form=form, same=same, media=form.media, **kwargs)


def open_already(said: dict) -> list:
    """Open cases of the same right of whoever is known by the typed address."""
    if not said["email"]:
        return []
    return list(office_cases.cases_of_address(said["email"]).filter(right=said["right"], state__in=OPEN))


class ScanDownload(OneCase, View):
    """The scan of one message, always as a download; opening it is written down."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        message = get_object_or_404(self.case.messages.select_related("scan"), pk=kwargs["message"])
        if message.scan is None:
            raise Http404
        try:
            content = actions.open_file(message.scan)
        except (vault.KeyDestroyed, vault.Damaged):
            messages.error(request, _("The scan can no longer be read. What was written in the case is still here."))
            return HttpResponseRedirect(self.case_url())
        actions.note("request.scan_opened", subject=message.subject_id, record=message, by=request.user)
        return FileResponse(
            content, as_attachment=True, filename=message.scan.display_name, content_type=message.scan.media_type
        )
