"""`privacy_rotate_keys`: wrap every stored key under the newest of FIELD_KEYS."""

import json

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from privacy.actions.keys import rotate_field_keys


class Command(BaseCommand):
    help = "Wrap every stored key under the newest key of FIELD_KEYS. May be stopped and run again at any time."

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=500, help="keys per transaction")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, batch, format, **options):
        if batch < 1:
            raise CommandError(_("--batch is a number of keys above zero."), returncode=2)
        result = _rotate(batch)
        self.stdout.write(json.dumps(result) if format == "json" else _summary(result))
        if result["remaining"]:
            raise CommandError(
                _("%(remaining)d keys still need an older key-encryption key. Keep it in FIELD_KEYS and run again.")
                % result
            )


def _rotate(batch):
    try:
        return rotate_field_keys(by=None, batch=batch)
    except ImproperlyConfigured as problem:
        raise CommandError(str(problem)) from None


def _summary(result):
    return (
        _("Wrapped anew: %(rewrapped)d. Could not be opened: %(unreadable)d. Still under an older key: %(remaining)d.")
        % result
    )
