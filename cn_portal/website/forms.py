"""The contact form: ordinary fields, one call when it is sent."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cn_portal.website.rules import holds_card_number, holds_national_number

MESSAGE_LENGTH = 4000
# What the customer records call the fields of this form.
FIELD_OF = {"full_name": "name", "email": "email", "phone": "phone", "text": "message"}


def no_card_number(value) -> None:
    """Refuse a payment card number (N11)."""
    if holds_card_number(value):
        raise ValidationError(
            _("This looks like a card number. We never take card numbers in a form. Remove it and send again."),
            code="card_number",
        )


def no_national_number(value) -> None:
    """Refuse a national identity number (L29)."""
    if holds_national_number(value):
        raise ValidationError(
            _("This looks like a national identity number. We do not need it. Remove it and send again."),
            code="national_number",
        )


CHECKS = [no_card_number, no_national_number]


class ContactForm(forms.Form):
    """Name, e-mail and a message; a phone number if you want us to ring."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, validators=CHECKS, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We answer to this address."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=CHECKS,
        help_text=_("If you would rather have a call."),
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    message = forms.CharField(
        label=_("What is it about?"),
        max_length=MESSAGE_LENGTH,
        validators=CHECKS,
        help_text=_("Tell us about the job: what, how much and when. Leave out health and other private matters."),
        widget=forms.Textarea({"rows": 7}),
    )
    # Left empty by people, who never see it; filled in by machines that fill in everything.
    homepage = forms.CharField(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )

    def send(self, *, language, by) -> bool:
        """Hand the message to the customer records; whether it was taken. A refusal becomes an error of its field.

        A message that a machine wrote is dropped, with the same answer to the machine.
        """
        said = dict(self.cleaned_data)
        if said.pop("homepage"):
            return True
        # The customer records load after the website, whose pages hold this form.
        from crm.actions import Refused, record_enquiry

        try:
            record_enquiry(**said, language=language, by=by if by.is_authenticated else None)
        except Refused as refusal:
            self.add_error(FIELD_OF.get(refusal.field), str(refusal))
            return False
        return True
