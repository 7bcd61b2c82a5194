"""Forms of the account pages. Paste and password managers work everywhere (WCAG 3.3.8)."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from cn_portal.accounts.models import User, normalise_email

ONE_TIME_CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class EmailField(forms.EmailField):
    """An address in its stored spelling."""

    def __init__(self):
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        super().__init__(label=_("E-mail address"), max_length=254, widget=widget)

    def to_python(self, value):
        return normalise_email(super().to_python(value))


class SignInForm(forms.Form):
    """Address and password."""

    email = EmailField()
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password, or have a code sent to you instead.")},
    )


class MailedCodeForm(forms.Form):
    """Address and the code that was mailed to it."""

    email = EmailField()
    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=40,
        help_text=_("8 letters and digits. Capitals and spaces do not matter."),
        widget=forms.TextInput(attrs=ONE_TIME_CODE),
    )


class ConfirmCodeForm(forms.Form):
    """The mailed code of somebody whose address is known."""

    code = MailedCodeForm.base_fields["code"]


class FactorForm(forms.Form):
    """The six digits of the authenticator app."""

    token = forms.CharField(
        label=_("Code from the app"),
        max_length=20,
        help_text=_("The six digits your authenticator app shows now."),
        widget=forms.TextInput(attrs={**ONE_TIME_CODE, "inputmode": "numeric"}),
    )

    def clean_token(self):
        return "".join(self.cleaned_data["token"].split())


class RecoveryForm(forms.Form):
    """One of the ten recovery codes."""

    recovery = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        help_text=_("One of the ten codes you saved when you set up the app. Each works once."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PasswordOnlyForm(forms.Form):
    """The password of somebody who is signed in."""

    password = SignInForm.base_fields["password"]


class NewPasswordForm(forms.Form):
    """A new password, typed once: it can be shown, pasted and mended by a mailed code."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class LanguageForm(forms.ModelForm):
    """The language of mails and of the pages behind the sign-in."""

    class Meta:
        model = User
        fields = ["language"]
