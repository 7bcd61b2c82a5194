"""What an applicant fills in, step by step; one question per consent, nothing ticked beforehand (L19)."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from careers.rules.answers import LONG_LENGTH, NO, TEXT_LENGTH, YES, is_number
from careers.rules.numbers import holds_card_number, holds_national_number
from careers.uploads import check_upload

ACCEPT = ".pdf,.docx,.odt,.rtf"
MOST_LINKS = 3
LEAVE_OUT = _(
    "Leave out health, religion, union, politics and other private matters, and your national identity number."
)


def no_numbers(value: str) -> None:
    """Refuse national identity numbers (L29) and payment cards (N11)."""
    if holds_national_number(value):
        raise ValidationError(
            _("This looks like a national identity number. We do not need it: remove it and send again."),
            code="national_number",
        )
    if holds_card_number(value):
        raise ValidationError(
            _("This looks like a card number. We never take card numbers: remove it and send again."),
            code="card_number",
        )


def web_addresses(value: str) -> None:
    """A few whole addresses, one per line."""
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    check = URLValidator(schemes=["https", "http"])
    for line in lines:
        try:
            check(line)
        except ValidationError:
            raise ValidationError(
                _("“%(line)s” is not a whole web address. It begins with https://; write one per line."),
                code="address",
                params={"line": line[:60]},
            ) from None
    if len(lines) > MOST_LINKS:
        raise ValidationError(_("Three addresses are enough. Choose the ones that matter most."), code="many")


def number_in_digits(value: str) -> None:
    """One number, with comma or point."""
    if not is_number(value):
        raise ValidationError(_("Write one number in digits, for example 3 or 3.5."), code="number")


class DetailsForm(forms.Form):
    """Who applies. No age, no gender, no picture: none of it is asked for (N5)."""

    full_name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[no_numbers], widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=190,
        help_text=_("The receipt and the answer are sent there."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[no_numbers],
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )


class AnswersForm(forms.Form):
    """The questions of the vacancy, in the language of the page. `answers` is {key of a question: raw answer}."""

    def __init__(self, data=None, files=None, *, questions, language, initial=None, **kwargs):
        super().__init__(data, files, initial={self._name(key): raw for key, raw in (initial or {}).items()}, **kwargs)
        self.asked = {self._name(question.pk): question for question in questions}
        for name, question in self.asked.items():
            self.fields[name] = _field_for(question, language)

    @staticmethod
    def _name(key) -> str:
        return f"q_{str(key).replace('-', '')}"

    @property
    def answers(self) -> dict[str, str]:
        """The answers that are right so far."""
        said = self.cleaned_data
        return {str(question.pk): said[name] for name, question in self.asked.items() if name in said}


def _field_for(question, language: str) -> forms.Field:
    said = {"label": question.text(language), "required": question.required}
    if question.kind == "yes-no":
        return forms.ChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect, **said)
    if question.kind == "choice":
        both = zip(question.choices("nb"), question.choices(language), strict=True)
        return forms.ChoiceField(choices=list(both), widget=forms.RadioSelect, **said)
    if question.kind == "number":
        widget = forms.TextInput({"inputmode": "decimal"})
        return forms.CharField(max_length=20, widget=widget, validators=[number_in_digits], **said)
    if question.kind == "long":
        widget = forms.Textarea({"rows": 5})
        return forms.CharField(max_length=LONG_LENGTH, widget=widget, validators=[no_numbers], **said)
    return forms.CharField(max_length=TEXT_LENGTH, validators=[no_numbers], **said)


class DocumentsForm(forms.Form):
    """The letter, files, and addresses the applicant chooses to give. `kept` names the kinds of files there are."""

    message = forms.CharField(
        label=_("Why do you want this job?"),
        max_length=5000,
        required=False,
        validators=[no_numbers],
        help_text=_("A few sentences are enough."),
        widget=forms.Textarea({"rows": 9}),
    )
    cv = forms.FileField(
        label=_("CV"),
        required=False,
        help_text=_("PDF, Word, OpenDocument or RTF, at most 10 MB."),
        error_messages={"required": _("A CV is required for this vacancy. Choose a file and send again.")},
        widget=forms.FileInput({"accept": ACCEPT}),
        allow_empty_file=True,
    )
    drop_cv = forms.BooleanField(label=_("Remove the CV"), required=False)
    letter = forms.FileField(
        label=_("Letter as a file"),
        required=False,
        help_text=_("If you have written one already. PDF, Word, OpenDocument or RTF, at most 10 MB."),
        widget=forms.FileInput({"accept": ACCEPT}),
        allow_empty_file=True,
    )
    drop_letter = forms.BooleanField(label=_("Remove the letter"), required=False)
    links = forms.CharField(
        label=_("Links"),
        max_length=600,
        required=False,
        validators=[no_numbers, web_addresses],
        help_text=_("For example LinkedIn, only if you want to. We do not look you up anywhere. One per line."),
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
    )

    def __init__(self, data=None, files=None, *, kept=(), cv_required=False, initial=None, **kwargs):
        super().__init__(data, files, initial=initial, **kwargs)
        self.fields["cv"].required = cv_required and "cv" not in kept
        for kind in {"cv", "letter"} - set(kept):
            del self.fields[f"drop_{kind}"]

    def is_multipart(self):
        """Only a file that was refused has to be chosen again; the others are kept already."""
        return bool({"cv", "letter"} & self.errors.keys())

    def clean_cv(self):
        return self._checked("cv")

    def clean_letter(self):
        return self._checked("letter")

    def _checked(self, kind):
        upload = self.cleaned_data[kind]
        return check_upload(upload) if upload else None

    @property
    def uploads(self) -> dict:
        """The files that were chosen and passed, by kind."""
        return {kind: self.cleaned_data[kind] for kind in ("cv", "letter") if self.cleaned_data.get(kind)}

    @property
    def drops(self) -> list[str]:
        """The kinds that were ticked to be removed, without a new file in their place."""
        ticked = [kind for kind in ("cv", "letter") if self.cleaned_data.get(f"drop_{kind}")]
        return [kind for kind in ticked if kind not in self.uploads]


class SendForm(forms.Form):
    """The yes to this vacancy, the yes to the talent pool, and whether somebody under 18 applies (L30).

    The wordings that were on the screen travel with the form: when one has been replaced meanwhile, its tick does not
    count and the new wording is shown. `pool` may be None.
    """

    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent we cannot receive the application. Tick to send it.")}
    )
    talent_pool = forms.BooleanField(required=False)
    minor = forms.BooleanField(
        label=_("I am under 18"),
        required=False,
        help_text=_("Then we talk to a parent or guardian before an interview. It does not count against you."),
    )
    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    pool_wording = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, consent, pool):
        fresh = {"wording": consent.sha256, "pool_wording": pool.sha256 if pool else ""}
        replaced = data is not None and data.get("wording") != consent.sha256
        super().__init__(self._current(data, fresh), files, initial=fresh)
        _ask(self.fields["consent"], consent)
        if pool is None:
            del self.fields["talent_pool"]
        else:
            _ask(self.fields["talent_pool"], pool)
        if replaced:
            self.fields["consent"].error_messages["required"] = _(
                "The question has been reworded since you opened the page. Read it again and tick the box to send."
            )

    @staticmethod
    def _current(data, fresh):
        """The posted values, without ticks that were set beside another wording."""
        if data is None:
            return None
        data = data.copy()
        for tick, name in (("consent", "wording"), ("talent_pool", "pool_wording")):
            if data.get(name) != fresh[name]:
                data.pop(tick, None)
                data[name] = fresh[name]
        return data


def _ask(field, text) -> None:
    field.label, field.help_text = text.wording, text.how_to_withdraw
