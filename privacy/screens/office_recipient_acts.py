"""What the office does with a recipient: each act its own page, offered only where it can be done (L32, T23)."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.actions import recipients as actions
from privacy.declare import Field
from privacy.models import Recipient
from privacy.scans import ScanRefused, check_scan
from privacy.screens.office_forms import day_field
from privacy.screens.office_one_act import OneAct
from privacy.screens.office_scope import OfficePageMixin

SEE, ADD, ACT = "privacy.view_recipient", "privacy.add_recipient", "privacy.change_recipient"
State = Recipient.State
# What consignments call their parts, besides the columns of declared classes.
CONSIGNMENT = ("receiver_name", "address", "postcode", "city", "country", "phone", "email", "shipment_reference")
LABELS = {
    "name": _("Name of the company, one only"),
    "role": _("Role"),
    "kind": _("What it does"),
    "country": _("Country, two letters"),
    "transfer_tool": _("What allows a transfer out of the EEA"),
    "address": _("Address"),
    "contact_route": _("How we reach it about data"),
    "url": _("Web address"),
    "activities": _("What it may receive data for"),
    "allowed_fields": _("Which facts it may receive"),
    "agreement_reference": _("Our reference of the agreement"),
    "agreement_expires_on": _("Last day of the agreement"),
}


def labels(name: str) -> str:
    """What a column of a recipient is called."""
    return LABELS.get(name, name)


class RecipientForm(forms.Form):
    """Everything about a recipient. Nothing in it names a person."""

    name = forms.CharField(label=LABELS["name"], max_length=120)
    role = forms.ChoiceField(label=LABELS["role"], choices=Recipient.Role)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=Recipient.Kind)
    country = forms.CharField(label=LABELS["country"], max_length=2, initial="NO")
    transfer_tool = forms.CharField(
        label=LABELS["transfer_tool"],
        max_length=120,
        required=False,
        help_text=_("Needed outside the EEA: an adequacy decision or standard contractual clauses, with its date."),
    )
    address = forms.CharField(label=LABELS["address"], max_length=300, required=False)
    contact_route = forms.CharField(
        label=LABELS["contact_route"],
        max_length=200,
        required=False,
        help_text=_("An address or a number of the company, not of a person."),
    )
    url = forms.URLField(label=LABELS["url"], required=False, assume_scheme="https")
    activities = forms.MultipleChoiceField(
        label=LABELS["activities"], required=False, widget=forms.CheckboxSelectMultiple
    )
    allowed_fields = forms.CharField(
        label=LABELS["allowed_fields"],
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Names of fields, one on each line, such as receiver_name. It never gets any other."),
    )
    agreement_reference = forms.CharField(label=LABELS["agreement_reference"], max_length=120, required=False)
    agreement_expires_on = day_field(LABELS["agreement_expires_on"])
    paper = forms.FileField(
        label=_("The agreement, as PDF or picture"),
        required=False,
        help_text=_("At most 10 MB. It is sealed, and opening it is noted."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activities = [(each.code, each.title) for each in registry.activities()]
        self.fields["activities"].choices = sorted(activities, key=lambda pair: str(pair[1]))
        expires = self.fields["agreement_expires_on"]
        expires.required, expires.initial = False, None

    def clean_country(self):
        return self.cleaned_data["country"].upper()

    def clean_allowed_fields(self):
        names = list(dict.fromkeys(self.cleaned_data["allowed_fields"].replace(",", " ").split()))
        unknown = sorted(set(names) - known_fields())
        if unknown:
            said = {"names": ", ".join(unknown)}
            raise forms.ValidationError(gettext("We hold nothing called %(names)s. Check the spelling.") % said)
        return names

    def clean_paper(self):
        upload = self.cleaned_data["paper"]
        try:
            return check_scan(upload) if upload else None
        except ScanRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def said(self) -> tuple[dict, object]:
        """(facts, the paper or None)."""
        facts = dict(self.cleaned_data)
        return facts, facts.pop("paper")


def known_fields() -> set[str]:
    """Every fact that can be in a hand-over: columns that say something about people, and parts of a consignment."""
    declared = {name for each in registry.declarations() for name in each.fields_of(Field)}
    return declared | set(CONSIGNMENT)


class OneRecipient(OfficePageMixin):
    """A page about one recipient, in `self.recipient`."""

    rights = (SEE,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.recipient = get_object_or_404(Recipient.objects.select_related("agreement"), code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def back_url(self):
        return reverse("privacy-recipient", args=[self.recipient.code])

    def path(self):
        start = {"url": reverse("privacy-recipients"), "label": _("Recipients")}
        return [start, {"url": self.back_url(), "label": self.recipient.name}]


class AddRecipient(OneAct):
    rights = (SEE, ADD)
    page_title = _("Add a recipient")
    lead = _("It receives nothing until somebody else in the office has approved it.")
    confirm_label = _("Propose it")
    form_class = RecipientForm
    refusals = (actions.RecipientRefused,)

    def path(self):
        return [{"url": self.back_url(), "label": _("Recipients")}]

    def back_url(self):
        return reverse("privacy-recipients")

    def act(self, form):
        facts, paper = form.said()
        actions.propose_recipient(**facts, paper=paper, by=self.request.user)
        return _("The recipient is proposed. Somebody else approves it.")


class RecipientAct(OneRecipient, OneAct):
    """One act on one recipient."""

    rights = (SEE, ACT)
    refusals = (actions.RecipientRefused,)
    done = ""

    @classmethod
    def possible(cls, row: Recipient) -> bool:
        raise NotImplementedError

    def carry_out(self, row: Recipient, *, by):
        raise NotImplementedError

    def act(self, form):
        self.carry_out(self.recipient, by=self.request.user)
        return self.done


class Approve(RecipientAct):
    page_title = confirm_label = _("Approve")
    lead = _("From now on it may receive what is listed. Somebody else than who proposed it approves.")
    done = _("Approved. It may receive what is listed.")

    @classmethod
    def possible(cls, row):
        return row.state == State.PROPOSED

    def carry_out(self, row, *, by):
        actions.approve_recipient(row, by=by)


class Change(RecipientAct):
    page_title = _("Change")
    confirm_label = _("Save")
    lead = _("How we reach it changes at once. Everything else waits until somebody else has approved it.")
    form_class = RecipientForm

    @classmethod
    def possible(cls, row):
        return row.state != State.ENDED

    def form_options(self):
        row = self.recipient
        initial = {name: getattr(row, name) for name in LABELS}
        return {"initial": initial | {"allowed_fields": "\n".join(row.allowed_fields)}}

    def act(self, form):
        facts, paper = form.said()
        row = actions.change_recipient(self.recipient, changes=facts, paper=paper, by=self.request.user)
        return _("Saved. What was agreed stays until somebody else approves.") if row.change_at else _("Saved.")


class ApproveChange(RecipientAct):
    page_title = confirm_label = _("Approve the change")
    lead = _("What is proposed is agreed from now on.")
    done = _("The change is approved.")

    @classmethod
    def possible(cls, row):
        return bool(row.proposed_change)

    def carry_out(self, row, *, by):
        actions.approve_change(row, by=by)


class DeclineChange(ApproveChange):
    page_title = confirm_label = _("Decline the change")
    lead = _("Everything stays as it was agreed.")
    done = _("The change is declined. Everything stays as it was.")

    def carry_out(self, row, *, by):
        actions.decline_change(row, by=by)


class Suspend(RecipientAct):
    page_title = confirm_label = _("Stop it now")
    lead = _("Nothing is handed over to it from this moment. Somebody else can let it go on.")
    done = _("Stopped. Nothing is handed over to it.")
    danger = True

    @classmethod
    def possible(cls, row):
        return row.state == State.ACTIVE

    def carry_out(self, row, *, by):
        actions.suspend_recipient(row, by=by)


class Resume(RecipientAct):
    page_title = confirm_label = _("Let it go on")
    lead = _("It may receive what is listed again. Somebody else than who stopped it decides.")
    done = _("It may receive what is listed again.")

    @classmethod
    def possible(cls, row):
        return row.state == State.SUSPENDED

    def carry_out(self, row, *, by):
        actions.resume_recipient(row, by=by)


class End(RecipientAct):
    page_title = confirm_label = _("End it")
    lead = _("It never receives anything again. What it received stays in the log.")
    done = _("Ended.")
    danger = True

    @classmethod
    def possible(cls, row):
        return row.state != State.ENDED

    def carry_out(self, row, *, by):
        actions.end_recipient(row, by=by)


ACTS = {
    "approve": Approve,
    "change": Change,
    "approve-change": ApproveChange,
    "decline-change": DeclineChange,
    "suspend": Suspend,
    "resume": Resume,
    "end": End,
}
