"""`privacy_due RECEIVED`: the legal reply date of a request."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from privacy.rules import deadlines


class Command(BaseCommand):
    help = "Show by which day a request received on RECEIVED (Oslo date, YYYY-MM-DD) must be answered."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("received", metavar="RECEIVED")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, received, format, **options):
        answer = _answer(received)
        if format == "json":
            self.stdout.write(json.dumps(answer))
            return
        self.stdout.write(_("Received {received}: answer by {due}; if extended, by {extended_due}.").format(**answer))


def _answer(text):
    try:
        received = date.fromisoformat(text)
        days = {
            "received": received,
            "due": deadlines.due(received),
            "extended_due": deadlines.extended_due(received),
        }
    except (ValueError, OverflowError):
        message = _("RECEIVED is not a date we can count from. Write it as year-month-day, for example 2026-03-02.")
        raise CommandError(message, returncode=2) from None
    return {name: day.isoformat() for name, day in days.items()}
