"""What is held, by kind: the rows of the notice (N4 to N16) in its own order, and then what law adds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from privacy.declare import Category
from privacy.models import StoredFile
from privacy.queries import HeldAbout, HeldGroup, HeldRecord, HeldValue

# Of one kind a page shows so many records; the copy has them all.
MOST_ENTRIES = 50

# A row of the notice, what it is called, and what is said when nothing of it is held.
KINDS = (
    ("N4", _("Contact details"), _("Name, address, phone and e-mail: nothing.")),
    ("N5", _("Age and gender"), _("We do not ask for it.")),
    ("N6", _("Work and interests"), _("Employer, title, interests: nothing.")),
    ("N7", _("What you have said and asked"), _("Nothing.")),
    ("N8", _("Pictures from visits"), _("No picture of you.")),
    ("N9", _("What you have uploaded"), _("No file.")),
    ("N10", _("How you sign in"), _("You have no account.")),
    ("N11", _("Billing"), _("Nothing. Card numbers are never stored here.")),
    ("N12", _("Browser and network"), _("Nothing.")),
    ("N13", _("Clicks on our site"), _("Nothing: we do not follow you here unless you say yes.")),
    ("N14", _("How you read our e-mails"), _("Nothing: we do not follow it unless you say yes.")),
    ("N15", _("Profiles on other networks"), _("Nothing.")),
    ("N31", _("Job applications"), ""),
    ("N58", _("Purchases"), ""),
    ("N32", _("Choices and consents"), ""),
    ("N55", _("Dealings with us"), ""),
)
_NOTICE = {category.code: category.notice for category in Category}


@dataclass(frozen=True)
class Entry:
    """What one record says of one kind."""

    group: HeldGroup
    record: HeldRecord
    values: list[HeldValue]


@dataclass(frozen=True)
class Kind:
    """One row of the notice with everything held of it; ``nothing`` is said when there are no entries."""

    code: str
    title: object
    nothing: object
    entries: list[Entry]

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:MOST_ENTRIES]


def kinds(about: HeldAbout) -> list[Kind]:
    """Every kind the notice names, held or not, and of the others those of which something is held.

    The engine's own bookkeeping is left out, but for the names of the person's files.
    """
    found: dict[str, list[Entry]] = {}
    for group in about.groups:
        if group.declaration.model._meta.app_label != "privacy" or group.declaration.model is StoredFile:
            for code, entry in _entries(group):
                found.setdefault(code, []).append(entry)
    made = [Kind(code, title, nothing, found.get(code, [])) for code, title, nothing in KINDS]
    return [kind for kind in made if kind.entries or kind.nothing]


def _entries(group: HeldGroup):
    for record in group.records:
        by_code: dict[str, list[HeldValue]] = {}
        for value in record.values:
            if value.category and (value.withheld or value.value not in (None, "", [], {})):
                by_code.setdefault(_NOTICE[value.category], []).append(value)
        for code, values in by_code.items():
            yield code, Entry(group, record, values)
