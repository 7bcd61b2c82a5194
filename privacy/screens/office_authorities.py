"""Demands of authorities: the list, one case, its papers, the register of a new one (N50, N51, T24)."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from privacy.actions import authority_bundles, authority_cases
from privacy.models import AuthorityCase
from privacy.queries import gates as queries
from privacy.rules import gates as rules
from privacy.screens import gate_forms as forms
from privacy.screens.gate_pages import FORM_PAGE, GateForm, GatePage, OneGateCase, StateForm, acts_for, paper_download
from privacy.screens.office_authority_acts import ACTS, ADD, AUTHORITIES, LIST_TITLE, SEE, AuthorityMixin
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import today

ON_A_PAGE = 50
ROOMS = (Room(LIST_TITLE, AUTHORITIES, "site", SEE),)


class AuthorityList(AuthorityMixin, GatePage, TemplateView):
    """Every demand by where it stands, refused ones included, and their numbers per year."""

    template_name = "privacy/office/authorities.html"
    page_title = LIST_TITLE
    http_method_names = ["get", "head"]

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(ADD):
            return []
        return [HeaderButton(_("Register a demand"), url=reverse("privacy-authority-new"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        form = StateForm(self.request.GET, states=AuthorityCase.State.choices)
        state = form.asked
        return super().get_context_data(
            form=form,
            state=state,
            rows=Paginator(queries.demands(state=state), ON_A_PAGE).get_page(self.request.GET.get("p")),
            plot=queries.cases_per_year("authority"),
            today=today(),
            **kwargs,
        )


class NewAuthority(AuthorityMixin, GatePage, GateForm):
    rights = (SEE, ADD)
    template_name = FORM_PAGE
    page_title = _("Register a demand")
    lead = _("Whatever it rests on: a letter or a call without an order is registered too, and refused.")
    form_class = forms.AuthorityForm
    confirm_label = _("Register")
    new = None

    def get_initial(self):
        return {"received_on": today(), "instrument": "court_order", "country": "NO"}

    def act(self, form):
        self.new = authority_cases.open_authority_case(**form.cleaned_data, by=self.request.user)
        return _("Registered as %(number)s.") % {"number": self.new.number}

    def back(self):
        return reverse("privacy-authority", args=[self.new.pk]) if self.new else reverse(AUTHORITIES)


class AuthorityPage(AuthorityMixin, OneGateCase, TemplateView):
    """One demand: what is asked, what is missing, what can be done now, what has happened."""

    template_name = "privacy/office/authority.html"
    page_title = _("Demand")
    http_method_names = ["get", "head"]

    def get_page_title(self):
        return self.case.number

    def get_page_subtitle(self):
        return self.case.authority

    def path(self):
        return GatePage.path(self)

    def get_context_data(self, **kwargs):
        case, user = self.case, self.request.user
        is_open = case.state in (rules.DRAFT, rules.SUBMITTED)
        refused = bool(case.decision_code)
        known = authority_cases.known_categories()
        return super().get_context_data(
            case=case,
            steps=queries.steps(case.state, rules.DEMAND_STEPS, refused=refused),
            missing=queries.missing_in_demand(case) if is_open else [],
            acts=acts_for(ACTS, case, user, prefix="privacy-authority"),
            persons=case.persons.select_related("subject").order_by("added_at", "pk"),
            categories=[known.get(code, code) for code in case.categories],
            names=queries.names_of([case.requester, case.decided_by, case.reviewed_by]),
            history=queries.history(case),
            may_download=case.bundle_id is not None and authority_bundles.may_download(case, user),
            waits_for_another=case.state == rules.SUBMITTED and case.requester == user.pk,
            is_kept=rules.is_kept_from_person(case.gag_until, today()),
            **kwargs,
        )


class OrderDownload(AuthorityMixin, OneGateCase, View):
    """The order as it was filed; opening it is noted."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        if self.case.paper is None:
            raise Http404
        return paper_download(self.case.paper, by=request.user, back=self.case_url(), request=request)


class BundleDownload(AuthorityMixin, OneGateCase, View):
    """The package, for the two persons of the case alone. POST, because each download is noted."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            content = authority_bundles.open_bundle(self.case, by=request.user)
        except rules.GateRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.case_url())
        name = f"{self.case.number}.zip"
        return FileResponse(content, as_attachment=True, filename=name, content_type=authority_bundles.MEDIA_TYPE)


def addresses() -> list:
    """Everything below /admin/privacy/authorities/."""
    one = "privacy/authorities/<uuid:pk>/"
    return [
        path("privacy/authorities/", AuthorityList.as_view(), name=AUTHORITIES),
        path("privacy/authorities/new/", NewAuthority.as_view(), name="privacy-authority-new"),
        path(one, AuthorityPage.as_view(), name="privacy-authority"),
        path(f"{one}paper/", OrderDownload.as_view(), name="privacy-authority-paper"),
        path(f"{one}package/", BundleDownload.as_view(), name="privacy-authority-package"),
        *(path(f"{one}{name}/", act.as_view(), name=f"privacy-authority-{name}") for name, act in ACTS.items()),
    ]
