"""Print the current second-factor code of a demonstration account."""

import json
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cn_portal.accounts.models import STEP_SECONDS, TotpDevice, normalise_email


class Command(BaseCommand):
    """Refuses unless the house runs with DEMO and the account is one of the demonstration's own."""

    help = "Prints the second-factor code of a demonstration account (only while DEMO is on)."

    def add_arguments(self, parser):
        parser.add_argument("email", help="address of the demonstration account")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, email, format, **options):  # noqa: A002  the option's name is part of the contract
        if not settings.DEMO:
            raise CommandError("This site does not run as a demonstration (DEMO is off), so no code is given.")
        device = TotpDevice.objects.filter(
            user__email=normalise_email(email), user__demo=True, user__is_active=True, confirmed=True
        ).first()
        if device is None:
            raise CommandError("There is no demonstration account with an authenticator app at this address.")
        code = self._code(device)
        self.stdout.write(json.dumps({"code": code}) if format == "json" else code)

    def _code(self, device):
        """The code of this half minute, or of the next when this one has been used: that is accepted as well."""
        totp = device.totp(drift=0)
        if device.last_t > totp.t():
            wait = STEP_SECONDS - int(time.time()) % STEP_SECONDS
            raise CommandError(f"The codes of this half minute are used. Ask again in {wait} seconds.")
        totp.drift = 1 if device.last_t == totp.t() else 0
        return f"{totp.token():06d}"
