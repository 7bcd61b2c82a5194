"""The application form, with one question per consent, nothing ticked beforehand (L19)."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careers.rules.numbers import holds_card_number, holds_national_number
from careers.uploads import check_upload

ACCEPT = ".pdf,.docx,.odt,.rtf"


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


class ApplyForm(forms.Form):
    """What an applicant fills in. `consent` and `pool` are the live wordings; `pool` may be None.

    The wordings that were on the screen travel with the form: when one has been replaced meanwhile, its tick does not
    count and the new wording is shown.
    """

    name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[no_numbers], widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=190,
        help_text=_("We send a link there, so that we know the address is yours."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[no_numbers],
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    message = forms.CharField(
        label=_("Why do you want this job?"),
        max_length=5000,
        required=False,
        validators=[no_numbers],
        help_text=_("A few sentences are enough. Leave out health, religion, union and other private matters."),
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
    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent we cannot receive the application. Tick to send it.")}
    )
    talent_pool = forms.BooleanField(required=False)
    token = forms.UUIDField(widget=forms.HiddenInput)
    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    pool_wording = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, cv_required: bool, consent, pool, initial=None):
        fresh = {"token": uuid.uuid4(), "wording": consent.sha256, "pool_wording": pool.sha256 if pool else ""}
        self.replaced = data is not None and data.get("wording") != consent.sha256
        super().__init__(self._current(data, fresh), files, initial={**fresh, **(initial or {})})
        self.fields["cv"].required = cv_required
        _ask(self.fields["consent"], consent)
        if pool is None:
            del self.fields["talent_pool"]
        else:
            _ask(self.fields["talent_pool"], pool)
        if self.replaced:
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

    def clean_cv(self):
        upload = self.cleaned_data["cv"]
        return check_upload(upload) if upload else None


def _ask(field, text) -> None:
    field.label, field.help_text = text.wording, text.how_to_withdraw
