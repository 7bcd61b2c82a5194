"""What a person's page is made of: everything held, sorted by what it is for, with reasons in whole sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.translation import gettext as _

from privacy.declare import Activity, Basis, Category, Field, KeepWith
from privacy.models import Disclosure, RequestEvent, RequestMessage, StaffRead, StoredFile, SubjectRequest
from privacy.queries import HeldAbout, HeldGroup, HeldRecord
from privacy.rules import consent as consent_rules
from privacy.screens.rights import Offer, offers

# A log of short rows is read as a table; anything longer, record by record.
MOST_COLUMNS = 5
# Of the engine's own bookkeeping a page shows this many rows per kind; the copy has them all.
MOST_ROWS = 50
# These have a place of their own on the page, or pages of their own.
SHOWN_ELSEWHERE = (SubjectRequest, RequestEvent, RequestMessage, StaffRead)
SIGNING_IN = {Category.LOGIN, Category.CREDENTIAL, Category.DEVICE}


@dataclass(frozen=True)
class Section:
    """All groups that serve one activity, with its basis in words and every right as it stands here."""

    activity: Activity
    groups: list[HeldGroup]
    basis: str
    rights: list[Offer]


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


def is_archived(record: HeldRecord, day: date) -> bool:
    """Whether its own time is up and a law alone keeps it: it is no part of the account any more (T14)."""
    return record.hold is not None and record.hold.minimal and record.until is not None and record.until < day


def account(about: HeldAbout) -> HeldAbout:
    """What is held without what lies in the archive: the longer clock never brings a record back to the account."""
    return replace(about, groups=_with_records(about, lambda record: not is_archived(record, about.day)))


def archive(about: HeldAbout) -> list[HeldGroup]:
    """What a law alone keeps, by class."""
    return _with_records(about, lambda record: is_archived(record, about.day))


def _with_records(about: HeldAbout, wanted) -> list[HeldGroup]:
    groups = [replace(group, records=[each for each in group.records if wanted(each)]) for group in about.groups]
    return [group for group in groups if group.records]


def sections(about: HeldAbout) -> list[Section]:
    """What is held, by activity, without the engine's bookkeeping and the history of sign-ins."""
    found: dict[Activity, list[HeldGroup]] = {}
    for group in about.groups:
        if not is_bookkeeping(group) and not is_sign_in_history(group):
            found.setdefault(group.activity, []).append(group)
    return [
        Section(activity, sorted(groups, key=_goes_with_another), basis_text(activity), offers(activity))
        for activity, groups in found.items()
    ]


def is_sign_in_history(group: HeldGroup) -> bool:
    """Whether these rows say when and with what somebody got in, and nothing else."""
    said = {what.category for what in group.declaration.fields_of(Field).values()}
    return Category.DEVICE in said and said <= SIGNING_IN and not is_bookkeeping(group)


def sign_ins(about: HeldAbout) -> list[HeldGroup]:
    """Sessions and attempts to sign in, the newest first, as many as a page shows."""
    return [group for group in about.groups if is_sign_in_history(group)]


def shared_by_record(about: HeldAbout) -> dict[str, list[Disclosure]]:
    """The hand-overs of each record by "app.model key", newest first."""
    found: dict[str, list[Disclosure]] = {}
    for row in about.disclosures:
        if row.about_pk:
            found.setdefault(f"{row.about_model.lower()} {row.about_pk}", []).append(row)
    return found


def _goes_with_another(group: HeldGroup) -> bool:
    # What stands on its own comes before what hangs on it: the application before its files.
    return isinstance(group.declaration.keep, KeepWith)


def bookkeeping(about: HeldAbout) -> list[HeldGroup]:
    """The engine's own rows about this person, but for those that are shown with the requests and the looks."""
    return [group for group in about.groups if is_bookkeeping(group) and group.declaration.model not in SHOWN_ELSEWHERE]


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
