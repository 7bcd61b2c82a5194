"""What the office types when it acts on a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.models import SubjectRequest
from privacy.rules.request_reasons import EXTENSIONS, NEEDS_APPROVAL, REFUSALS
from privacy.screens.office_scope import today
from privacy.templatetags.office_words import RIGHTS, STATES

Identity = SubjectRequest.Identity
# How the office itself can make sure; the other ways are the person's own doing on the site.
METHODS = {
    Identity.CALL_BACK: _("I called back on a number we had on file"),
    Identity.KNOWN_ADDRESS: _("A letter went to the address we had on file, and they answered it"),
    Identity.IN_PERSON: _("I met them in person"),
}
CHANNELS = {
    "letter": _("by letter"),
    "email": _("by e-mail"),
    "phone": _("by phone"),
    "in_person": _("in person"),
}
OUTCOMES = ("fulfilled", "partly_fulfilled", "refused", "unidentifiable")
_NONE = [("", _("Choose one"))]


def text_field(label, *, rows=6, required=True, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=10_000,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


def day_field(label, *, help_text=""):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, initial=today, help_text=help_text, widget=widget)


class PastDay(forms.Form):
    """A form about something that has happened: its day is not after today."""

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("This day is still to come. Write the day on which it happened."))
        return self.cleaned_data["on"]


class AskForm(PastDay):
    what = forms.ChoiceField(
        label=_("What do we need to know?"),
        choices=[
            ("identity", _("Who they are: there is a real doubt")),
            ("clarification", _("What exactly they mean")),
        ],
        widget=forms.RadioSelect,
    )
    text = text_field(
        _("The question, as the person will read it"),
        help_text=_("Ask for no more than you need, and never for a copy of an identity document."),
    )
    on = day_field(_("Asked on"))


class ReplyForm(PastDay):
    channel = forms.ChoiceField(label=_("How it came"), choices=list(CHANNELS.items()))
    text = text_field(_("What they answered"))
    on = day_field(_("Arrived on"), help_text=_("The day it reached us, not the day somebody wrote it down."))


class ProveForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How did you make sure?"), choices=list(METHODS.items()), widget=forms.RadioSelect
    )


class MatchForm(forms.Form):
    """The same question, about one record; the mailbox is enough where nobody else has it."""

    method = forms.ChoiceField(
        label=_("How did you make sure?"),
        choices=[*METHODS.items(), (Identity.MAILBOX, _("Only this person has proved the same mailbox"))],
        widget=forms.RadioSelect,
    )


class ExtendForm(forms.Form):
    reason_code = forms.ChoiceField(
        label=_("Why more time is needed"),
        choices=[(code, f"{reason.label} ({reason.article})") for code, reason in EXTENSIONS.items()],
        widget=forms.RadioSelect,
    )
    text = text_field(_("The reasons, as the person will read them"))


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[(each, STATES[each]) for each in OUTCOMES], widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(
        label=_("Reason, where something is refused"),
        required=False,
        choices=[*_NONE, *((code, f"{reason.label} ({reason.article})") for code, reason in REFUSALS.items())],
        help_text=_("Clearly without ground, or excessive: a colleague must approve before anything is sent."),
    )
    text = text_field(
        _("The answer, as the person will read it"),
        rows=10,
        help_text=_("The way to Datatilsynet and to the courts is added by itself."),
    )

    def clean(self):
        said = super().clean()
        if said.get("outcome") in ("refused", "partly_fulfilled") and not said.get("reason_code"):
            self.add_error("reason_code", _("Choose the reason. A refusal without one cannot be sent."))
        if said.get("outcome") == "partly_fulfilled" and said.get("reason_code") in NEEDS_APPROVAL:
            self.add_error("reason_code", _("This reason is for a refusal as a whole. Choose another one."))
        if said.get("outcome") == "fulfilled" and said.get("reason_code"):
            self.add_error("reason_code", _("What was done in full has no reason for a refusal. Leave this empty."))
        return said


class ReopenForm(PastDay):
    text = text_field(_("Why it is opened again"), rows=4)
    on = day_field(_("On which day did they come back?"))


class NoticeForm(forms.Form):
    told = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("told", _("They have been told")), ("impossible", _("They could not be told"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why they could not be told"), required=False, max_length=200)
    answer = forms.CharField(
        label=_("What they answered"),
        required=False,
        max_length=200,
        help_text=_("A sentence about the task, never a name."),
    )

    def clean(self):
        said = super().clean()
        if said.get("told") == "impossible" and not said.get("reason"):
            self.add_error("reason", _("Say why the recipient could not be told. The task stays open."))
        return said


class AnnounceForm(forms.Form):
    on = forms.DateField(
        label=_("The pause ends on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The person is told now, and before this day nothing is used."),
    )

    def clean_on(self):
        if self.cleaned_data["on"] <= today():
            raise forms.ValidationError(_("The person must know it beforehand. Choose tomorrow or a later day."))
        return self.cleaned_data["on"]


class DecideForm(forms.Form):
    upheld = forms.ChoiceField(
        label=_("The decision"),
        choices=[
            ("yes", _("We follow it: the use stops for good")),
            ("no", _("We do not follow it: our grounds weigh more")),
        ],
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label=_("Reason, where it is not followed"),
        required=False,
        choices=[
            *_NONE,
            *((c, f"{REFUSALS[c].label} ({REFUSALS[c].article})") for c in ("compelling", "claims", "legal_duty")),
        ],
    )

    def clean(self):
        said = super().clean()
        if said.get("upheld") == "no" and not said.get("reason_code"):
            self.add_error("reason_code", _("Say which grounds weigh more. Nothing was decided."))
        return said


class LetterForm(PastDay):
    """A request that did not come over this site."""

    right = forms.ChoiceField(label=_("What is asked"), choices=list(RIGHTS.items()))
    channel = forms.ChoiceField(label=_("How it came"), choices=list(CHANNELS.items()))
    on = day_field(
        _("Arrived on"),
        help_text=_("The day it reached anybody of us. The month counts from here, whenever you register it."),
    )
    language = forms.ChoiceField(
        label=_("Answer in"), choices=[("nb", _("Norwegian Bokmål")), ("en", _("English"))], initial="nb"
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    postal_address = forms.CharField(
        label=_("Postal address"), required=False, max_length=300, widget=forms.Textarea({"rows": 3})
    )
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    text = text_field(_("What they ask, in their words"))
    scan = forms.FileField(
        label=_("Scan"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB. It is stored sealed.")
    )

    def clean(self):
        said = super().clean()
        if not (said.get("postal_address") or said.get("email") or {"postal_address", "email"} & set(self.errors)):
            self.add_error(None, _("Write a postal address or an e-mail address: we must be able to answer."))
        return said
