"""The office's list of requests, and the page of one case (N61, N68, L1 to L7, L43)."""

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from privacy import actions, words
from privacy.models import DataSubject, SubjectRequest
from privacy.queries import office_cases
from privacy.screens.office_acts import acts_for
from privacy.screens.office_scope import ACT, REGISTER, OfficePageMixin, OneCase, today
from privacy.screens.office_stops import stop_acts
from privacy.templatetags.office_words import RIGHTS, STATES

ON_A_PAGE = 50


class FilterForm(forms.Form):
    """What the address of the list may carry: codes and a number, never anything about a person."""

    state = forms.ChoiceField(label=_("Where it stands"), required=False)
    right = forms.ChoiceField(label=_("What is asked"), required=False)
    number = forms.CharField(label=_("Number"), required=False, max_length=20)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ways = [("", _("Open")), ("over", _("Answered or closed")), ("all", _("All"))]
        self.fields["state"].choices = [*ways, *STATES.items()]
        self.fields["right"].choices = [("", _("Everything")), *RIGHTS.items()]


class AddressForm(forms.Form):
    """An address is posted, so that it stands in no address line and in no log."""

    email = forms.EmailField(label=_("E-mail address, in full"), max_length=254)


class RequestList(OfficePageMixin, TemplateView):
    """GET filters by what an address may show; POST looks for exactly one e-mail address by its keyed hash."""

    template_name = "privacy/office/requests.html"
    page_title = _("Requests")
    http_method_names = ["get", "head", "post"]

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(REGISTER):
            return []
        return [HeaderButton(_("Register a letter or a call"), url=reverse("privacy-register"), icon_name="plus")]

    def post(self, request, *args, **kwargs):
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(address_form=form))
        found = office_cases.cases_of_address(form.cleaned_data["email"])
        return self.render_to_response(self.get_context_data(address_form=form, found=found, by_address=True))

    def get_context_data(self, address_form=None, found=None, **kwargs):
        form = FilterForm(self.request.GET)
        if found is None:
            found = office_cases.cases(**self._asked(form))
        page = Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("p"))
        numbers = office_cases.case_numbers(day=today())
        return super().get_context_data(
            form=form,
            address_form=address_form or AddressForm(),
            rows=page,
            numbers=numbers,
            today=today(),
            is_filtered=any(self._asked(form)[name] for name in ("right", "number"))
            or bool(self.request.GET.get("state")),
            query=self._query(),
            **kwargs,
        )

    def _asked(self, form) -> dict:
        # A hand-made address with an unknown code shows the usual list.
        said = form.cleaned_data if form.is_valid() else {}
        return {"state": said.get("state") or "open", "right": said.get("right", ""), "number": said.get("number", "")}

    def _query(self) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        return query.urlencode()


class CasePage(OneCase, TemplateView):
    """One case: what is asked, by whom, until when, what happened, and what can be done now."""

    template_name = "privacy/office/case.html"
    page_title = _("Request")
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        if request.method == "GET":
            actions.note_read(self.case, by=request.user)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.case.number

    def get_page_subtitle(self):
        return RIGHTS[self.case.right]

    def path(self):
        return OfficePageMixin.path(self)

    def get_context_data(self, **kwargs):
        day = today()
        may_act = self.request.user.has_perm(ACT)
        page = office_cases.case_page(self.case)
        return super().get_context_data(
            case=self.case,
            page=page,
            today=day,
            is_matched=self.case.subject.proved_as_id is not None,
            candidates=candidates_of(self.case),
            acts=acts_for(page, user=self.request.user, day=day) if may_act else [],
            stops=stop_acts(page, day=day, may_act=may_act),
            about_fields=", ".join(words.field_title(name, self.case.about_model) for name in self.case.about_fields),
            may_act=may_act,
            **kwargs,
        )


def candidates_of(case: SubjectRequest) -> list[dict]:
    """{"person", "number", "roles", "proved"} of every record with the same address; empty when the case is matched."""
    if case.subject.proved_as_id is not None:
        return []
    return [
        {"person": person, "number": str(person.pk)[:8], "state": _state_of(person)}
        for person in actions.candidates_for(case)
    ]


def _state_of(person: DataSubject) -> str:
    return "" if person.state == DataSubject.State.ACTIVE else gettext("not in use: restricted or being erased")
