"""What the engine's commands share: one JSON document on stdout, sentences on stderr, WHO and --as-of (contract)."""

from __future__ import annotations

import json
import uuid
from argparse import ArgumentTypeError
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime

from privacy import registry, vault
from privacy.actions import FilesRemain
from privacy.actions.erasure import StillThere, UnderWay
from privacy.declare import Category, Field, MatchedBy
from privacy.fields import SealedField
from privacy.models import DataSubject, SubjectIdentifier
from privacy.rules.deadlines import FIRST_YEAR, LAST_YEAR, OSLO

# What stops a command although its caller did nothing wrong; each says it in a sentence.
REFUSALS = (vault.VaultError, ImproperlyConfigured, FilesRemain, StillThere, UnderWay)


class PortalCommand(BaseCommand):
    """Base of the engine's commands: subclasses write ``work(**options)`` and call ``show(document, text=…)``."""

    formats: tuple[str, ...] = ("text", "json")
    timed = False

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=self.formats, default="text")
        if self.timed:
            parser.add_argument("--as-of", type=moment, default=None, help="ISO date-time to take for now")
            parser.add_argument("--dry-run", action="store_true", help="show what would be done, change nothing")

    def handle(self, *args, **options):
        self.wants_json = options["format"] == "json"
        if self.timed:
            options["as_of"] = options["as_of"] or timezone.now()
        try:
            # Those who run commands read one language, whatever the site speaks.
            with translation.override("en"):
                self.work(**options)
        except REFUSALS as problem:
            raise CommandError(str(problem)) from None

    def work(self, **options):
        raise NotImplementedError("a command says what it does in work()")

    def show(self, document, *, text: str) -> None:
        """One JSON document, or the same in words."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, default=str) if self.wants_json else text)


def moment(text: str) -> datetime:
    """An ISO date or date-time; without an offset it is Oslo time."""
    try:
        when = parse_datetime(text) or datetime.combine(parse_date(text), datetime.min.time())
    except (TypeError, ValueError):
        # argparse turns this into a usage error: exit 2.
        raise ArgumentTypeError(f"{text!r} is no ISO date or date-time, such as 2026-03-02T08:00.") from None
    # Periods are counted from it in both directions, and the calendar of a computer has two ends.
    if not FIRST_YEAR < when.year < LAST_YEAR:
        raise ArgumentTypeError(f"{text!r} lies outside the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}.")
    return when if when.tzinfo else when.replace(tzinfo=OSLO)


def person(who: str) -> DataSubject:
    """The person an e-mail address or a subject UUID means.

    Raises CommandError when there is none, or when an address belongs to several unproved persons: then a UUID decides.
    """
    found = _by_key(who) if "@" not in who else _by_address(who)
    if not found:
        raise CommandError("Nobody here is known by that e-mail address or number; nothing was done.")
    if len(found) > 1:
        keys = ", ".join(str(subject.pk) for subject in sorted(found, key=lambda s: s.created_at))
        raise CommandError(f"Several persons have that address and none has proved it alone; name one of: {keys}")
    return found.pop()


def _by_key(who: str) -> set[DataSubject]:
    try:
        return {subject.person for subject in DataSubject.objects.filter(pk=uuid.UUID(who))}
    except ValueError:
        # What was typed may be a name, so it is not repeated.
        raise CommandError("WHO is an e-mail address or a subject UUID.", returncode=2) from None


def _by_address(address: str) -> set[DataSubject]:
    user = get_user_model().objects.filter(email__iexact=address.strip()).first()
    if user is not None:
        return {user.subject.person}
    index = vault.blind_index("email", address)
    identifiers = SubjectIdentifier.objects.filter(index=index).select_related("subject__proved_as")
    known = {row.subject.person for row in identifiers} | _by_columns(address)
    proved = {row.subject.person for row in identifiers if row.verified_at is not None}
    return proved if len(proved) == 1 else known


def _can_be_asked(declaration, name: str, what: Field) -> bool:
    """Whether this column says in the clear which address is the person's own."""
    own = what.category is Category.EMAIL and not what.secret and not what.third_person
    is_sealed = isinstance(declaration.model._meta.get_field(name), SealedField)
    return own and not is_sealed and not isinstance(declaration.subject, MatchedBy)


def _by_columns(address: str) -> set[DataSubject]:
    found: set[DataSubject] = set()
    for declaration in registry.declarations():
        for name, what in declaration.fields_of(Field).items():
            if _can_be_asked(declaration, name, what):
                rows = declaration.model._base_manager.filter(**{f"{name}__iexact": address.strip()})
                keys = rows.values_list(declaration.subject, flat=True)
                found |= {subject.person for subject in DataSubject.objects.filter(pk__in=list(keys))}
    return found
