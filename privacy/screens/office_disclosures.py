"""The log of hand-overs: filtered, drawn, exported for a purpose; what waits, and who is to be told (N48, N49, L44)."""

from datetime import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from privacy import registry, words
from privacy.actions import disclosure as actions
from privacy.actions.hand_overs import drop_waiting
from privacy.actions.trail import note
from privacy.models import Disclosure, InformationDuty
from privacy.queries import disclosures as queries
from privacy.queries.purposes import WrongPurpose, purposes_for, require_purpose
from privacy.queries.recipients import recipients
from privacy.screens.office_one_act import OneAct
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficeOnly, OfficePageMixin, today

SEE = "privacy.view_disclosure"
ON_A_PAGE = 50
ROOMS = (Room(_("Hand-overs"), "privacy-disclosures", "redirect", SEE),)


class FilterForm(forms.Form):
    """Codes and a month; nothing about anybody stands in the address."""

    recipient = forms.ChoiceField(label=_("Recipient"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    activity = forms.ChoiceField(label=_("What for"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["recipient"].choices = everything + [(row.code, row.name) for row in recipients()]
        self.fields["month"].choices = everything + [
            (f"{month:%Y-%m}", date_format(month, "F Y")) for month in queries.months_used()
        ]
        self.fields["activity"].choices = everything + [
            (code, words.activity_title(code)) for code in queries.activities_used()
        ]
        self.fields["direction"].choices = everything + list(Disclosure.Direction.choices)

    def asked(self) -> dict:
        """What the log is filtered by; a value that is none filters nothing."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in self.fields}
        month = said["month"]
        return said | {"month": datetime.strptime(month, "%Y-%m").date() if month else None}


class DisclosureList(OfficePageMixin, TemplateView):
    """Every hand-over, the newest first. Whom it was about stands here as a number."""

    rights = (SEE,)
    template_name = "privacy/office/disclosures.html"
    page_title = _("Hand-overs")

    def path(self):
        return []

    @property
    def header_buttons(self):
        url = f"{reverse('privacy-disclosures-export')}?{self.request.GET.urlencode()}"
        return [HeaderButton(_("Export"), url=url, icon_name="download")]

    def get_context_data(self, **kwargs):
        form = FilterForm(self.request.GET)
        found = queries.disclosures(**form.asked())
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            form=form,
            rows=Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("p")),
            plot=queries.plot_of(found),
            waiting=queries.waiting(),
            to_tell=queries.people_to_tell(),
            ways=InformationDuty.How.choices,
            query=query.urlencode(),
            is_filtered=any(form.asked().values()),
            today=today(),
            may_settle=self.request.user.has_perm("privacy.change_informationduty"),
            may_drop=self.request.user.has_perm("privacy.change_pendinghandover"),
            **kwargs,
        )


class PurposeForm(forms.Form):
    """What an export is for. Everything we do is offered; what the log may not serve is refused with the reason."""

    activity = forms.ChoiceField(
        label=_("What is it for?"), required=False, help_text=_("It is noted who made the export, when, and for what.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = [(each.code, each.title) for each in purposes_for(registry.declaration_of(Disclosure))]
        self.fields["activity"].choices = [("", _("Choose one")), *allowed]


class Export(OneAct):
    """GET asks what it is for, POST makes the file and notes it."""

    rights = (SEE,)
    page_title = _("Export")
    lead = _("The file holds recipients, times, names of facts and numbers; nobody's data.")
    confirm_label = _("Make the file")
    form_class = PurposeForm

    def path(self):
        return [{"url": self.back_url(), "label": _("Hand-overs")}]

    def back_url(self):
        return reverse("privacy-disclosures")

    def post(self, request, *args, **kwargs):
        form, code = PurposeForm(request.POST), request.POST.get("activity", "")
        try:
            require_purpose(registry.declaration_of(Disclosure), code)
        except WrongPurpose as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        note("disclosures.exported", by=request.user, reason=code)
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="hand-overs-{today().isoformat()}.csv"'
        queries.write_csv(answer, queries.disclosures(**FilterForm(request.GET).asked()))
        return answer


class Post(OfficeOnly, View):
    """Something short that is posted from the list."""

    http_method_names = ["post"]

    def back(self, place):
        return HttpResponseRedirect(f"{reverse('privacy-disclosures')}#{place}")


class Drop(Post):
    """Call a hand-over off that a partner did not take."""

    rights = (SEE, "privacy.change_pendinghandover")

    def post(self, request, pk):
        drop_waiting(get_object_or_404(queries.waiting(), pk=pk), by=request.user)
        messages.success(request, _("Called off. Nothing was sent."))
        return self.back("waiting")


class Tell(Post):
    """Somebody has been told where data about them came from, or need not be."""

    rights = (SEE, "privacy.change_informationduty")

    def post(self, request, pk):
        duty = get_object_or_404(queries.people_to_tell(), pk=pk)
        try:
            actions.settle_information(duty, how=request.POST.get("how", ""), by=request.user)
        except actions.NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted. The task is closed."))
        return self.back("tell")


def addresses():
    """Paths below /admin/."""
    return [
        path("privacy/hand-overs/", DisclosureList.as_view(), name="privacy-disclosures"),
        path("privacy/hand-overs/export/", Export.as_view(), name="privacy-disclosures-export"),
        path("privacy/hand-overs/waiting/<uuid:pk>/drop/", Drop.as_view(), name="privacy-hand-over-drop"),
        path("privacy/hand-overs/tell/<uuid:pk>/", Tell.as_view(), name="privacy-information-settle"),
    ]
