"""What staff fill in about interviews, referees, guardians and content that has to be closed off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.models import Finding, GuardianCheck, Interview, Referee
from careers.rules.interviews import MINUTES, MOST_TIMES, OSLO, NoSuchTime, oslo_moment

HOW_CONSENT = [
    ("paper", _("signed on paper")),
    ("mail", _("in an e-mail")),
    ("phone", _("on the phone")),
    ("talk", _("in a talk")),
]


class OsloTimeField(forms.DateTimeField):
    """A time on the clocks of Oslo. One that never comes or comes twice is refused with a sentence."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"], **kwargs
        )

    def prepare_value(self, value):
        return value.astimezone(OSLO).replace(tzinfo=None) if getattr(value, "tzinfo", None) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        for pattern in self.input_formats:
            try:
                local = self.strptime(str(value).strip(), pattern)
            except ValueError:
                continue
            try:
                return oslo_moment(local.date(), local.time())
            except NoSuchTime as refusal:
                raise forms.ValidationError(str(refusal), code="no_such_time") from refusal
        raise forms.ValidationError(_("Write a day and a time, for example 2026-12-03 14:00."), code="invalid")


class MeetingForm(forms.Form):
    """What an interview is, whenever it takes place."""

    kind = forms.ChoiceField(label=_("How"), choices=Interview.Kind.choices)
    place = forms.CharField(
        label=_("Place, link or number"),
        max_length=300,
        help_text=_("The address and the room, the link of the video call, or who calls which number."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), initial=60, min_value=MINUTES.start, max_value=MINUTES.stop - 1)
    with_whom = forms.CharField(
        label=_("Who the applicant meets"), max_length=300, required=False, help_text=_("The applicant reads this.")
    )
    message = forms.CharField(
        label=_("Message to the applicant"),
        max_length=1000,
        required=False,
        help_text=_("For example how to find us or what to bring."),
        widget=forms.Textarea({"rows": 3}),
    )


class TimesForm(forms.Form):
    """One to five times."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"time_{number}"] = OsloTimeField(
                label=_("Time %(n)s (Oslo)") % {"n": number}, required=number == 1
            )
        self.order_fields([name for name in self.fields if name.startswith("time_")])

    def times(self) -> list:
        """The times that were filled in, in the order of the fields."""
        found = (self.cleaned_data.get(f"time_{number}") for number in range(1, MOST_TIMES + 1))
        return [each for each in found if each]


class OfferForm(TimesForm, MeetingForm):
    """Times to offer for a new interview."""

    agreed = forms.BooleanField(
        label=_("The first time is already agreed with the applicant, on the phone for example"), required=False
    )


class ChangeForm(MeetingForm):
    """An agreed interview, as it shall be."""

    starts_at = OsloTimeField(label=_("Starts (Oslo)"))
    field_order = ("starts_at",)


class StaffRefereeForm(forms.Form):
    """A referee the applicant has named to us. No form of staff has a field for a profile on a network (N15)."""

    full_name = forms.CharField(label=_("Name of the referee"), max_length=120)
    relation = forms.CharField(label=_("How they know the applicant"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=190, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)


class RefereeConsentForm(forms.Form):
    """How the applicant said yes to asking this one referee."""

    how = forms.ChoiceField(label=_("The applicant said yes"), choices=HOW_CONSENT)
    read_out = forms.BooleanField(
        label=_("The applicant has read or heard the whole question and how to take the answer back")
    )


class TellForm(forms.Form):
    """How the referee is told."""

    how = forms.ChoiceField(label=_("The referee is told"), choices=Referee.Told.choices)


class RefereeNoteForm(forms.Form):
    """What was said, and apart from it what would show who said it."""

    said = forms.CharField(
        label=_("What the referee said about the applicant"),
        max_length=3000,
        help_text=_("The applicant gets this in their copy. Write “the referee”, never a name."),
        widget=forms.Textarea({"rows": 5}),
    )
    identifying = forms.CharField(
        label=_("What would show who the referee is"),
        max_length=1000,
        required=False,
        help_text=_("Kept back from the applicant's copy, and listed there as kept back."),
        widget=forms.Textarea({"rows": 2}),
    )


class FlagForm(forms.Form):
    """Which part of an application, and what kind of content."""

    what = forms.ChoiceField(label=_("Where does it stand?"))
    reason = forms.ChoiceField(
        label=_("What kind of content is it?"),
        choices=Finding.Reason.choices,
        help_text=_("Only this code is kept, never what stands there."),
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = parts


class GuardianForm(forms.ModelForm):
    """Who agreed for somebody under 18, when and how."""

    class Meta:
        model = GuardianCheck
        fields = ["guardian", "how", "checked_on"]
        widgets = {"checked_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
