"""What can be done with a demand of an authority: each act a page of its own, refused by the engine with a sentence."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from privacy.actions import authority_bundles, authority_cases
from privacy.models import AuthorityCase, DataSubject
from privacy.queries import gates as queries
from privacy.rules import gates as rules
from privacy.screens import gate_forms as forms
from privacy.screens.gate_pages import REFUSALS, GateAct, take_scan

SEE = "privacy.view_authoritycase"
ACT = "privacy.change_authoritycase"
ADD = "privacy.add_authoritycase"
AUTHORITIES = "privacy-authorities"
LIST_TITLE = _("Demands of authorities")


class AuthorityMixin:
    rights = (SEE,)
    model = AuthorityCase
    list_title = LIST_TITLE
    list_name = AUTHORITIES
    case_name = "privacy-authority"


class AuthorityAct(AuthorityMixin, GateAct):
    rights = (SEE, ACT)

    def facts(self):
        case = self.case
        return [
            (_("Authority"), case.authority),
            (_("Instrument"), " ".join(filter(None, (str(case.get_instrument_display()), case.section)))),
            (_("Persons"), case.persons.count()),
        ]


class Drafting(AuthorityAct):
    @classmethod
    def possible(cls, case, user):
        return case.state == rules.DRAFT


class People(Drafting):
    """POST finds persons by an exact address or a number, adds one, or takes one out. What is typed is not kept."""

    page_title = _("Persons")
    template_name = "privacy/office/authority_people.html"
    form_class = forms.FindForm

    def post(self, request, *args, **kwargs):
        for step, act in (("add", authority_cases.add_person), ("remove", authority_cases.remove_person)):
            if request.POST.get("step") == step:
                return self._change(act, request.POST.get("person", ""))
        form = self.get_form(request.POST)
        found = queries.find_people(**form.cleaned_data) if form.is_valid() else None
        # The address goes no further than this answer: the form comes back empty.
        blank = self.get_form() if form.is_valid() else form
        return self.render_to_response(self.get_context_data(form=blank, found=found, is_search=form.is_valid()))

    def _change(self, act, key):
        person = DataSubject.objects.filter(pk=key).first() if _is_key(key) else None
        if person is not None:
            try:
                act(self.case, person=person, by=self.request.user)
            except REFUSALS as refusal:
                messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.request.path)

    def get_context_data(self, found=None, is_search=False, **kwargs):
        persons = list(self.case.persons.select_related("subject").order_by("added_at", "pk"))
        inside = {row.subject_id for row in persons}
        return super().get_context_data(
            found=[{"person": each, "inside": each.pk in inside} for each in found or ()],
            is_search=is_search,
            persons=persons,
            **kwargs,
        )


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


class Order(Drafting):
    page_title = _("File the order")
    lead = _("The paper itself: without it nothing can be approved. It is sealed, and its fingerprint is shown.")
    form_class = forms.PaperForm
    confirm_label = _("File it")

    def act(self, form):
        authority_cases.file_order(self.case, scan=take_scan(form), by=self.request.user)
        return _("The order is filed.")


class Change(Drafting):
    page_title = _("Change")
    form_class = forms.AuthorityForm
    confirm_label = _("Save")

    def facts(self):
        return []

    def get_initial(self):
        return {name: getattr(self.case, name) for name in authority_cases.EDITABLE}

    def act(self, form):
        authority_cases.change_authority_case(self.case, **form.cleaned_data, by=self.request.user)
        return _("Saved.")


class Submit(Drafting):
    page_title = _("Put before a colleague")
    lead = _("A colleague decides. You cannot approve it yourself then.")
    confirm_label = _("Put it before a colleague")

    def act(self, form):
        authority_cases.submit_authority_case(self.case, by=self.request.user)
        return _("It waits for a colleague now.")


class Approve(AuthorityAct):
    """Not offered to who asked; the engine refuses it all the same when the address is typed by hand."""

    page_title = _("Approve")
    lead = _("Read the order first. The package will hold what the scope says, and nothing else.")
    form_class = forms.ApproveForm
    confirm_label = _("Approve")

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.SUBMITTED and case.requester != user.pk

    def act(self, form):
        authority_cases.approve_authority_case(self.case, **form.cleaned_data, by=self.request.user)
        return _("Approved. Hand it over from the case.")


class Refuse(AuthorityAct):
    page_title = _("Refuse")
    lead = _("Nothing leaves the house. The refusal stands in the register.")
    form_class = forms.RefuseForm
    confirm_label = _("Refuse")

    @classmethod
    def possible(cls, case, user):
        return case.state in (rules.DRAFT, rules.SUBMITTED)

    def act(self, form):
        authority_cases.refuse_authority_case(self.case, **form.cleaned_data, by=self.request.user)
        return _("Refused. Nothing was handed over.")


class HandOver(AuthorityAct):
    page_title = _("Hand over")
    lead = _("The package is made now and logged for each person. Only who asked and who approved can download it.")
    confirm_label = _("Make the package")

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.APPROVED and authority_bundles.may_download(case, user)

    def act(self, form):
        authority_bundles.hand_over(self.case, by=self.request.user)
        return _("The package is made and logged. Download it from the case.")


class AtOnce(AuthorityAct):
    page_title = _("Life and death: hand over at once")
    lead = _("Only to save a life. Another person reviews it by the next working day.")
    form_class = forms.AtOnceForm
    confirm_label = _("Hand over at once")
    danger = True

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.DRAFT and authority_bundles.may_act_at_once(user)

    def act(self, form):
        authority_bundles.hand_over_at_once(self.case, **form.cleaned_data, by=self.request.user)
        return _("Handed over and logged. A colleague has to review it by the next working day.")


class Review(AuthorityAct):
    page_title = _("Review the urgent hand-over")
    form_class = forms.ReviewForm
    confirm_label = _("Save the review")

    @classmethod
    def possible(cls, case, user):
        waits = case.urgent and not case.review and case.state == rules.HANDED_OVER
        return waits and case.decided_by != user.pk

    def facts(self):
        return [*super().facts(), (_("Why it could not wait"), self.case.urgent_reason)]

    def act(self, form):
        authority_cases.review_authority_case(self.case, **form.cleaned_data, by=self.request.user)
        return _("The review is stored.")


class Close(AuthorityAct):
    page_title = _("Close")
    lead = _("The package is destroyed; its fingerprint and the log stay. After five years the whole case goes.")
    confirm_label = _("Close it")

    @classmethod
    def possible(cls, case, user):
        reviewed = bool(case.review) or not case.urgent
        return case.state == rules.REFUSED or (case.state == rules.HANDED_OVER and reviewed)

    def act(self, form):
        authority_cases.close_authority_case(self.case, by=self.request.user)
        return _("The case is closed.")


ACTS = {
    "approve": Approve,
    "hand-over": HandOver,
    "review": Review,
    "people": People,
    "order": Order,
    "submit": Submit,
    "close": Close,
    "change": Change,
    "refuse": Refuse,
    "at-once": AtOnce,
}
