"""What a person's page is made of: everything held, sorted by what it is for, with reasons in whole sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.translation import gettext as _

from privacy.declare import Activity, Basis, KeepWith
from privacy.models import StoredFile
from privacy.queries import HeldAbout, HeldGroup, HeldRecord
from privacy.rules import consent as consent_rules

# A log of short rows is read as a table; anything longer, record by record.
MOST_COLUMNS = 5
# Of the engine's own bookkeeping a page shows this many rows per kind; the copy has them all.
MOST_ROWS = 50


@dataclass(frozen=True)
class Section:
    """All groups that serve one activity, with its basis and the rights that follow from it in words."""

    activity: Activity
    groups: list[HeldGroup]
    basis: str
    rights: str


@dataclass(frozen=True)
class Summary:
    """What one should know after a minute."""

    things: int
    groups: int
    shared: int
    next_deletion: date | None
    next_title: str


def is_bookkeeping(group: HeldGroup) -> bool:
    """Whether this is what the engine keeps about its own work: keys, trail, mails. Files show with their records."""
    return group.declaration.model._meta.app_label == "privacy"


def sections(about: HeldAbout) -> list[Section]:
    """What is held, by activity, without the engine's bookkeeping."""
    found: dict[Activity, list[HeldGroup]] = {}
    for group in about.groups:
        if not is_bookkeeping(group):
            found.setdefault(group.activity, []).append(group)
    return [
        Section(activity, sorted(groups, key=_goes_with_another), basis_text(activity), rights_text(activity))
        for activity, groups in found.items()
    ]


def _goes_with_another(group: HeldGroup) -> bool:
    # What stands on its own comes before what hangs on it: the application before its files.
    return isinstance(group.declaration.keep, KeepWith)


def bookkeeping(about: HeldAbout) -> list[HeldGroup]:
    """The engine's own rows about this person."""
    return [group for group in about.groups if is_bookkeeping(group)]


def summary(about: HeldAbout) -> Summary:
    """Numbers for the top of the page, bookkeeping left out; the next deletion is one that no reason holds back."""
    groups = [group for group in about.groups if not is_bookkeeping(group)]
    # A session ends every few hours; nobody means that by a deletion.
    lasting = [group for group in groups if not issubclass(group.declaration.model, AbstractBaseSession)]
    coming = [
        (record.ends, group.title) for group in lasting for record in group.records if _is_ahead(record, about.day)
    ]
    day, title = min(coming, default=(None, ""))
    return Summary(
        things=sum(len(group.records) for group in groups),
        groups=len(groups),
        shared=len(about.disclosures),
        next_deletion=day,
        next_title=title,
    )


def _is_ahead(record: HeldRecord, day: date) -> bool:
    return record.ends is not None and record.ends >= day


def headings(about: HeldAbout) -> dict[str, str]:
    """The heading of every record by its key, so that a consent can say what it was given for."""
    return {record.key: record.heading for group in about.groups for record in group.records}


def files_in(about: HeldAbout) -> list[StoredFile]:
    """The files of all records, so that their keys can be fetched at once."""
    return [stored for group in about.groups for record in group.records for stored in record.files]


def newest(group: HeldGroup) -> list[HeldRecord]:
    """The rows of a bookkeeping group that a page shows, newest first."""
    if group.declaration.order.startswith("-"):
        return group.records[:MOST_ROWS]
    return group.records[-MOST_ROWS:][::-1]


def as_table(group: HeldGroup) -> bool:
    """Whether the rows of a group are read better as a table than one by one."""
    first = group.records[0]
    return len(group.records) > 2 and len(first.values) <= MOST_COLUMNS and not first.is_editable


def standing(state, day: date) -> bool:
    """Whether there is a yes to take back."""
    return consent_rules.allows_use(state.state, state.valid_until, day)


def basis_text(activity: Activity) -> str:
    """The legal basis in a sentence, article included."""
    article = activity.basis.article
    if activity.basis is Basis.CONSENT:
        return _("You said yes to it (%(article)s).") % {"article": article}
    if activity.basis is Basis.LEGAL_DUTY:
        return _("A law requires it: %(law)s (%(article)s).") % {"law": activity.law, "article": article}
    if activity.basis is Basis.LEGITIMATE_INTEREST:
        return _("We have a legitimate interest (%(article)s): %(interest)s") % {
            "article": article,
            "interest": activity.interest,
        }
    if activity.basis is Basis.CONTRACT:
        return _("We need it for our contract with you (%(article)s).") % {"article": article}
    return _("You asked for something that comes before a contract (%(article)s).") % {"article": article}


def rights_text(activity: Activity) -> str:
    """What the person can do about this activity, and what they cannot and why (T18)."""
    if activity.basis is Basis.CONSENT:
        return _("You can take your yes back under “Your consents”. We then stop, and delete what rested on it.")
    if activity.basis is Basis.LEGAL_DUTY:
        return _("You can see, correct and download this. While the law requires it we cannot delete it.")
    if activity.basis is Basis.LEGITIMATE_INTEREST:
        return _("You can see, correct, download and delete this. You can also object: write to us.")
    return _("You can see, correct and download this, and delete it when what we agreed on is done.")
