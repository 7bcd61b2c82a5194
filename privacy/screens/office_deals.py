"""Deals: the list, one case with its outsiders and every look of theirs, the register of a new one (N52, N53, T25)."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import HeaderButton

from privacy import vault
from privacy.actions import deal_cases
from privacy.models import DealCase
from privacy.queries import gates as queries
from privacy.queries.deal_room import open_classes
from privacy.rules import gates as rules
from privacy.screens import gate_forms as forms
from privacy.screens.gate_pages import FORM_PAGE, GateForm, GatePage, OneGateCase, StateForm, acts_for, paper_download
from privacy.screens.office_deal_acts import ACT, ACTS, ADD, DEALS, LIST_TITLE, OVER, PERSON_ACTS, SEE, DealMixin
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import today

ON_A_PAGE = 50
ROOMS = (Room(LIST_TITLE, DEALS, "group", SEE),)


class DealList(DealMixin, GatePage, TemplateView):
    """Every deal by where it stands, and their numbers per year."""

    template_name = "privacy/office/deals.html"
    page_title = LIST_TITLE
    http_method_names = ["get", "head"]

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(ADD):
            return []
        return [HeaderButton(_("Register a deal"), url=reverse("privacy-deal-new"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        form = StateForm(self.request.GET, states=DealCase.State.choices)
        state = form.asked
        return super().get_context_data(
            form=form,
            state=state,
            rows=Paginator(queries.deals(state=state), ON_A_PAGE).get_page(self.request.GET.get("p")),
            plot=queries.cases_per_year("deal"),
            **kwargs,
        )


class NewDeal(DealMixin, GatePage, GateForm):
    rights = (SEE, ADD)
    template_name = FORM_PAGE
    page_title = _("Register a deal")
    lead = _("A merger, a sale or a reorganisation in which outsiders must look at data.")
    form_class = forms.DealForm
    confirm_label = _("Register")
    new = None

    def get_initial(self):
        return {"starts_on": today()}

    def act(self, form):
        self.new = deal_cases.open_deal(**form.cleaned_data, by=self.request.user)
        return _("Registered as %(number)s.") % {"number": self.new.number}

    def back(self):
        return reverse("privacy-deal", args=[self.new.pk]) if self.new else reverse(DEALS)


class DealPage(DealMixin, OneGateCase, TemplateView):
    """One deal: its scope, what is missing, its outsiders, and every look of theirs."""

    template_name = "privacy/office/deal.html"
    page_title = _("Deal")
    http_method_names = ["get", "head"]

    def get_page_title(self):
        return self.case.number

    def get_page_subtitle(self):
        return self.case.parties

    def path(self):
        return GatePage.path(self)

    def get_context_data(self, **kwargs):
        case, user = self.case, self.request.user
        classes = open_classes()
        persons = vault.unlock(case.persons.select_related("case", "subject").order_by("added_at", "pk"))
        by_pk = {person.pk: person for person in persons}
        looks = Paginator(queries.looks_at(case), ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            case=case,
            steps=queries.steps(case.state, rules.DEAL_STEPS, refused=_was_refused(case)),
            missing=deal_cases.missing_in(case) if case.state in (rules.DRAFT, rules.SUBMITTED) else [],
            acts=acts_for(ACTS, case, user, prefix="privacy-deal"),
            classes=[classes.get(label, label) for label in case.classes],
            persons=[self._person(person) for person in persons],
            names=queries.names_of([case.requester, case.decided_by]),
            history=queries.history(case),
            looks=looks,
            look_rows=[(by_pk[look.person_id], classes.get(look.model, ""), look) for look in looks],
            waits_for_another=case.state == rules.SUBMITTED and case.requester == user.pk,
            **kwargs,
        )

    def _person(self, person) -> dict:
        user = self.request.user
        can = user.has_perm(ACT) and person.case.state not in OVER
        return {
            "row": person,
            "no_access": queries.access_words(person, today()),
            "acts": [
                (act.page_title, reverse(f"privacy-deal-{name}", args=[person.case_id, person.pk]))
                for name, act in PERSON_ACTS.items()
                if can and act.fits(person, user)
            ],
        }


def _was_refused(case: DealCase) -> bool:
    return case.state == rules.REFUSED or (case.state == rules.CLOSED and case.control_changed is None)


class StatementDownload(DealMixin, OneGateCase, View):
    """The signed statement of one outsider; opening it is noted."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        person = get_object_or_404(self.case.persons.select_related("statement"), pk=kwargs["person"])
        if person.statement is None:
            raise Http404
        return paper_download(person.statement, by=request.user, back=self.case_url(), request=request)


def addresses() -> list:
    """Everything below /admin/privacy/deals/."""
    one = "privacy/deals/<uuid:pk>/"
    person = f"{one}outsiders/<uuid:person>/"
    return [
        path("privacy/deals/", DealList.as_view(), name=DEALS),
        path("privacy/deals/new/", NewDeal.as_view(), name="privacy-deal-new"),
        path(one, DealPage.as_view(), name="privacy-deal"),
        *(path(f"{one}{name}/", act.as_view(), name=f"privacy-deal-{name}") for name, act in ACTS.items()),
        path(f"{person}paper/", StatementDownload.as_view(), name="privacy-deal-paper"),
        *(path(f"{person}{name}/", act.as_view(), name=f"privacy-deal-{name}") for name, act in PERSON_ACTS.items()),
    ]
