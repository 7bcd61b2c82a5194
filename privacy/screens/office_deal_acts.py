"""What can be done with a deal and with each of its outsiders (N52, N53, T25)."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from privacy import vault
from privacy.actions import deal_cases, deal_persons
from privacy.models import DealCase
from privacy.rules import gates as rules
from privacy.screens import gate_forms as forms
from privacy.screens.gate_pages import GateAct, take_scan
from privacy.screens.office_scope import today

SEE = "privacy.view_dealcase"
ACT = "privacy.change_dealcase"
ADD = "privacy.add_dealcase"
DEALS = "privacy-deals"
LIST_TITLE = _("Deals and mergers")
OVER = (rules.REFUSED, rules.CLOSED)


class DealMixin:
    rights = (SEE,)
    model = DealCase
    list_title = LIST_TITLE
    list_name = DEALS
    case_name = "privacy-deal"


class DealAct(DealMixin, GateAct):
    rights = (SEE, ACT)

    def facts(self):
        return [(_("Parties"), self.case.parties)]


class Change(DealAct):
    page_title = _("Change")
    form_class = forms.DealForm
    confirm_label = _("Save")

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.DRAFT

    def facts(self):
        return []

    def get_initial(self):
        return {name: getattr(self.case, name) for name in deal_cases.EDITABLE}

    def act(self, form):
        deal_cases.change_deal(self.case, **form.cleaned_data, by=self.request.user)
        return _("Saved.")


class Submit(DealAct):
    page_title = _("Put before a colleague")
    lead = _("A colleague decides. You cannot approve it yourself then.")
    confirm_label = _("Put it before a colleague")

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.DRAFT

    def act(self, form):
        deal_cases.submit_deal(self.case, by=self.request.user)
        return _("It waits for a colleague now.")


class Approve(DealAct):
    page_title = _("Approve")
    lead = _("Nobody gets access by this: each outsider needs a signed statement and an access of their own.")
    form_class = forms.ReasonForm
    confirm_label = _("Approve")

    @classmethod
    def possible(cls, case, user):
        return case.state == rules.SUBMITTED and case.requester != user.pk

    def act(self, form):
        deal_cases.approve_deal(self.case, **form.cleaned_data, by=self.request.user)
        return _("Approved. Nobody has access yet.")


class Refuse(DealAct):
    page_title = _("Refuse")
    form_class = forms.ReasonForm
    confirm_label = _("Refuse")

    @classmethod
    def possible(cls, case, user):
        return case.state in (rules.DRAFT, rules.SUBMITTED)

    def act(self, form):
        deal_cases.refuse_deal(self.case, **form.cleaned_data, by=self.request.user)
        return _("Refused. Nobody gets access.")


class Outsider(DealAct):
    page_title = _("Name an outsider")
    lead = _("One person at a time, by name. They see nothing before their statement is filed and access is given.")
    form_class = forms.OutsiderForm
    confirm_label = _("Add")

    @classmethod
    def possible(cls, case, user):
        return case.state not in OVER

    def act(self, form):
        deal_persons.add_outsider(self.case, **form.cleaned_data, by=self.request.user)
        return _("Added. The signed statement is what is missing now.")


class Close(DealAct):
    page_title = _("Close")
    lead = _("All access ends. After five years the whole case goes, with its papers.")
    confirm_label = _("Close it")

    @classmethod
    def possible(cls, case, user):
        return case.state in (rules.APPROVED, rules.REFUSED)

    def get_form(self, data=None, files=None):
        # Where nobody ever had access nothing can have changed hands.
        return forms.CloseDealForm(data) if self.case.state == rules.APPROVED else None

    def act(self, form):
        said = form.cleaned_data if form else {"control_changed": None, "informed_on": None}
        changed = None if form is None else said["control_changed"] == "yes"
        deal_cases.close_deal(self.case, control_changed=changed, informed_on=said["informed_on"], by=self.request.user)
        return _("The deal is closed. Nobody has access any more.")


class PersonAct(DealAct):
    """An act on one outsider, in `self.person`."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            deal = get_object_or_404(DealCase, pk=kwargs["pk"])
            self.person = get_object_or_404(deal.persons.select_related("case", "subject"), pk=kwargs["person"])
            vault.unlock([self.person])
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def fits(cls, person, user) -> bool:
        """Whether this act is offered for an outsider as they stand."""
        raise NotImplementedError

    def possible(self, case, user):
        return case.state not in OVER and self.fits(self.person, user)

    def facts(self):
        return [(_("Name"), self.person.name or "–"), (_("Works for"), self.person.organisation)]


class Statement(PersonAct):
    page_title = _("File the statement")
    lead = _("The confidentiality statement, signed, before anything is seen.")
    form_class = forms.StatementForm
    confirm_label = _("File it")

    @classmethod
    def fits(cls, person, user):
        return person.statement_id is None or person.withdrawn_at is not None

    def get_initial(self):
        return {"on": today(), "signatory": self.person.name}

    def act(self, form):
        said = form.cleaned_data
        deal_persons.file_statement(
            self.person, scan=take_scan(form), signatory=said["signatory"], signed_on=said["on"], by=self.request.user
        )
        return _("The statement is filed. A colleague can give access now.")


class Grant(PersonAct):
    page_title = _("Give access")
    lead = _("They get a mail with the address of the data room, and sign in with a code sent to their mailbox.")
    confirm_label = _("Give access")

    @classmethod
    def fits(cls, person, user):
        signed = person.statement_id is not None and person.withdrawn_at is None
        return (
            signed
            and person.case.state == rules.APPROVED
            and (person.granted_at is None or person.revoked_at is not None)
            and person.asked_by != user.pk
        )

    def act(self, form):
        deal_persons.grant_access(self.person, by=self.request.user)
        return _("Access is given, and they are told by mail.")


class Revoke(PersonAct):
    page_title = _("Take access back")
    confirm_label = _("Take it back")
    danger = True

    @classmethod
    def fits(cls, person, user):
        return person.granted_at is not None and person.revoked_at is None

    def act(self, form):
        deal_persons.revoke_access(self.person, by=self.request.user)
        return _("Access is taken back, from their next page on.")


class Withdraw(PersonAct):
    page_title = _("The statement is withdrawn")
    lead = _("With the statement goes the access, from their next page on.")
    confirm_label = _("It is withdrawn")
    danger = True

    @classmethod
    def fits(cls, person, user):
        return person.statement_id is not None and person.withdrawn_at is None

    def act(self, form):
        deal_persons.withdraw_statement(self.person, by=self.request.user)
        return _("Noted: there is no access without a statement.")


class AskNames(PersonAct):
    page_title = _("Ask for names")
    lead = _("Rows are shown under pseudonyms. Names need a reason, and a colleague's approval.")
    form_class = forms.ReasonForm
    confirm_label = _("Put it before a colleague")

    @classmethod
    def fits(cls, person, user):
        return person.names_approved_at is None and not person.names_reason

    def act(self, form):
        deal_persons.ask_for_names(self.person, **form.cleaned_data, by=self.request.user)
        return _("It waits for a colleague now.")


class ApproveNames(PersonAct):
    page_title = _("Approve names")
    lead = _("This person will see who the rows are about. Everybody they see is told so on their own page.")
    confirm_label = _("Approve names")
    danger = True

    @classmethod
    def fits(cls, person, user):
        return bool(person.names_reason) and person.names_approved_at is None and person.names_asked_by != user.pk

    def facts(self):
        return [*super().facts(), (_("Why names are needed"), self.person.names_reason)]

    def act(self, form):
        deal_persons.approve_names(self.person, by=self.request.user)
        return _("Approved. They see names now.")


ACTS = {
    "approve": Approve,
    "outsider": Outsider,
    "submit": Submit,
    "close": Close,
    "change": Change,
    "refuse": Refuse,
}
PERSON_ACTS = {
    "statement": Statement,
    "grant": Grant,
    "names": AskNames,
    "approve-names": ApproveNames,
    "withdraw": Withdraw,
    "revoke": Revoke,
}
