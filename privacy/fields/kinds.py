"""Sealed text, JSON and dates."""

import json
from datetime import date

from django import forms
from django.core import exceptions, validators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from privacy.fields.sealed import EMPTY, SealedField


class SealedTextField(SealedField):
    """Sealed text; one line in forms when `max_length` is 200 or less."""

    description = _("Sealed text")
    nothing = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def encode(self, value) -> bytes:
        return b"" if value in EMPTY else str(value).encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()

    def to_python(self, value):
        return "" if value in EMPTY else str(value)

    def formfield(self, **kwargs):
        is_short = self.max_length is not None and self.max_length <= 200
        defaults = {"max_length": self.max_length} | ({} if is_short else {"widget": forms.Textarea})
        return super().formfield(**{"form_class": forms.CharField, **defaults, **kwargs})


class SealedJSONField(SealedField):
    """Sealed JSON; with `default=dict` or `default=list` an empty column reads as a new one of these."""

    description = _("Sealed JSON")
    empty_values = (None, "", b"", [], {}, ())

    def encode(self, value) -> bytes:
        if value in self.empty_values:
            return b""
        return json.dumps(
            value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        ).encode()

    def decode(self, plain: bytes):
        return json.loads(plain)

    def formfield(self, **kwargs):
        # Django would repeat a value with a callable default in a hidden field.
        return super().formfield(**{"form_class": forms.JSONField, "show_hidden_initial": False, **kwargs})


class SealedDateField(SealedField):
    """A sealed date; None when empty."""

    description = _("Sealed date")
    default_error_messages = models.DateField.default_error_messages

    def encode(self, value) -> bytes:
        day = self.to_python(value)
        return b"" if day is None else day.isoformat().encode()

    def decode(self, plain: bytes) -> date:
        return date.fromisoformat(plain.decode())

    def to_python(self, value):
        if value in EMPTY:
            return None
        day = value if type(value) is date else parse_date(str(value))
        if day is None:
            raise exceptions.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""})
        return day

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.DateField, **kwargs})
