"""What a copy says about itself: export.json, processing.jsonld, retention.json, withheld.json (Art 15(1), L8, L10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date

from django.utils.translation import gettext as _

from privacy import consent_documents, words
from privacy.bag_documents import AUTHORITY, CONTEXT, hold_json
from privacy.declare import ABOUT, INFERRED, Field
from privacy.models import Recipient
from privacy.queries.held import HeldRecord, _start_text
from privacy.queries.held_stream import HeldClass, HeldStream
from privacy.reach import Kept, clock_of

JUSTIFICATIONS = "https://w3id.org/dpv/justifications#"
SOMEBODY_ELSE, OTHER_REASON = f"{JUSTIFICATIONS}ThirdPartyRightsImpaired", f"{JUSTIFICATIONS}NonFulfilmentJustification"
# The EEA, where no tool for a transfer is needed.
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905  thirty words of two letters read better so
)
MOST_SOURCES = 10
_OURS = {"represented_by": "representedBy"}
ACCESS_ONLY = (INFERRED.value, ABOUT.value)


@dataclass
class ClassSummary:
    """What is known of one class once all its records have gone by."""

    found: HeldClass
    items: int = 0
    ends: date | None = None
    hold: Kept | None = None
    held: int = 0
    sources: list[str] = field(default_factory=list)
    withheld: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"records/{self.found.label}.json"

    def add(self, record: HeldRecord) -> None:
        self.items += 1
        self.ends = max(filter(None, (self.ends, record.ends)), default=None)
        if record.hold is not None:
            self.held += 1
            self.hold = record.hold if record.hold.outlasts(self.hold) else self.hold
        source = str(words.METHODS.get(record.source, record.source))
        if source and source not in self.sources and len(self.sources) < MOST_SOURCES:
            self.sources.append(source)
        for value in record.values:
            if value.withheld:
                reason, count = self.withheld.get(value.name, (value.withheld, 0))
                self.withheld[value.name] = (reason, count + 1)

    def shown(self) -> dict[str, Field]:
        return {name: what for name, what in self.found.declaration.fields_of(Field).items() if what.shown}


def records_row(summary: ClassSummary) -> dict:
    """One line of ``records``: category and scope are those of most fields, ``fields`` has each of them."""
    shown = summary.shown()
    scopes = Counter(what.scope.value for what in shown.values())
    return {
        "file": summary.file,
        "title": summary.found.title,
        "activity": summary.found.activity.code,
        "basis": summary.found.activity.basis.value,
        "category": Counter(what.category.dpv for what in shown.values()).most_common(1)[0][0],
        "scope": scopes.most_common(1)[0][0],
        "fields": {name: {"category": what.category.dpv, "scope": what.scope.value} for name, what in shown.items()},
        # Art 20 covers what was provided or observed; the copy holds the rest because Art 15 asks for it.
        "accessOnly": sorted(name for name, what in shown.items() if what.scope.value in ACCESS_ONLY),
        "items": summary.items,
        "keptUntil": summary.ends.isoformat() if summary.ends else None,
        "hold": hold_json(summary.hold),
    }


def retention_row(summary: ClassSummary) -> dict:
    """When one class of records goes, by which rule, and what holds it."""
    return {
        "file": summary.file,
        "title": summary.found.title,
        "activity": summary.found.activity.code,
        "rule": summary.found.rule,
        "source": summary.found.declaration.keep.source,
        **_period(summary),
        "items": summary.items,
        "held": summary.held,
        "hold": hold_json(summary.hold),
    }


def _period(summary: ClassSummary) -> dict:
    clock = clock_of(summary.found.declaration)
    until = summary.ends.isoformat() if summary.ends else None
    if clock is not None:
        start = _start_text(summary.found.declaration, clock)
        return {"period": clock.period, "from": start, "until": until}
    return {"period": None, "from": None, "until": until}


def processing(summaries: list[ClassSummary]) -> list[dict]:
    """One ``dpv:Process`` for each activity that something about this person is held for (Art 15(1))."""
    by_code: dict[str, list[ClassSummary]] = {}
    for summary in summaries:
        by_code.setdefault(summary.found.activity.code, []).append(summary)
    return [_process(own) for _code, own in sorted(by_code.items())]


def _process(own: list[ClassSummary]) -> dict:
    activity = own[0].found.activity
    partners = list(Recipient.objects.filter(code__in=activity.recipients).order_by("name"))
    shown = [what for summary in own for what in summary.shown().values()]
    sources = sorted({source for summary in own for source in summary.sources})
    return {
        "@type": "dpv:Process",
        "code": activity.code,
        "title": str(activity.title),
        "dpv:hasPurpose": activity.purpose,
        "dpv:hasLegalBasis": activity.basis.value,
        "lawReference": activity.law or activity.basis.article,
        "legitimateInterest": str(activity.interest) or None,
        "inPlainWords": str(activity.plainly),
        "dpv:hasPersonalData": sorted({what.category.dpv for what in shown}),
        "dpv:hasRecipient": [partner.name for partner in partners],
        "dpv:hasStorageCondition": _storage(own),
        "source": "; ".join(sources) or None,
        "automatedDecision": False,
        "transfer": [_transfer(partner) for partner in partners if partner.country not in EEA] or None,
        "dpv:hasRight": [f"eu-gdpr:{right}" for right in activity.basis.rights],
    }


def _storage(own: list[ClassSummary]) -> dict:
    """The condition of the class that stays longest, and under ``classes`` that of each."""
    rows = [{"@type": _storage_type(each), "class": each.found.title, **_condition(each)} for each in own]
    return {**max(rows, key=lambda row: (row["period"] is not None, row["until"] or "")), "classes": rows}


def _storage_type(summary) -> str:
    return "dpv:StorageDuration" if clock_of(summary.found.declaration) else "dpv:StorageCondition"


def _condition(summary: ClassSummary) -> dict:
    return {**_period(summary), "rule": summary.found.rule}


def _transfer(partner: Recipient) -> dict:
    return {"recipient": partner.name, "country": partner.country, "tool": partner.transfer_tool or None}


def withheld(summaries: list[ClassSummary], paths_of_damaged: list[str]) -> list[dict]:
    """What is not in the copy, and why (Art 15(4), L10); damaged rows and files are named (F27)."""
    found = []
    for summary in summaries:
        fields = summary.found.declaration.fields
        for name, (reason, count) in sorted(summary.withheld.items()):
            why = SOMEBODY_ELSE if fields[name].third_person else OTHER_REASON
            found.append(_kept_back(summary.file, reason, why, field=name, items=count))
        lost = _("The record is damaged and could not be read. Tell us, and we will look into it.")
        found += [_kept_back(summary.file, lost, OTHER_REASON, record=key) for key in summary.found.damaged]
    broken = _("The file is damaged and could not be opened; what we know about it is in the records.")
    return found + [_kept_back(path, broken, OTHER_REASON) for path in paths_of_damaged]


def _kept_back(file: str, reason: str, why: str, *, field: str = "", record: str | None = None, items: int = 1) -> dict:
    return {
        "file": file,
        "field": field,
        "record": record,
        "items": items,
        "reason": reason,
        "dpv:hasJustification": why,
    }


def secrets(summaries: list[ClassSummary]) -> dict:
    """Fields of the classes held that nobody can read, by class and name."""
    text = _("held in a form nobody can read, not disclosed")
    return {
        f"{summary.found.label}.{name}": text
        for summary in summaries
        for name, what in summary.found.declaration.fields_of(Field).items()
        if what.secret
    }


def recipients(counts: dict) -> list[dict]:
    """{recipient: number of hand-overs} as the export lists it."""
    return [
        {
            "name": each.name,
            "role": each.role,
            "country": each.country,
            "disclosures": count,
            "file": "disclosures.json",
        }
        for each, count in sorted(counts.items(), key=lambda pair: pair[0].name)
    ]


def controller_json(controller: dict) -> dict:
    """Who is responsible, with the role that acts for them (N2, N69)."""
    return {_OURS.get(name, name): value for name, value in controller.items()}


def notice(language: str) -> dict:
    """The notice in force: its version, the day it was published, its digest, its permanent address (N64)."""
    return {name: value or None for name, value in consent_documents.notice(language).items()}


def head(about: HeldStream, *, identifier: str, as_of, copy, controller: dict) -> dict:
    """What an export says before it lists anything. Without a case the number and the dates of one are null."""
    case = copy.requests.order_by("registered_at").first() if copy is not None else None
    return {
        "@context": CONTEXT,
        "@type": "dpv:RightExerciseRecord",
        "schema": "cn-export/1.0",
        "dct:identifier": identifier,
        "request": case.number if case else None,
        "received": case.received_on.isoformat() if case else None,
        "due": case.acts_by.isoformat() if case else None,
        "dpv:hasRight": ["eu-gdpr:A15", "eu-gdpr:A20"],
        "dpv:hasRequestStatus": "dpv:RequestFulfilled",
        "generated": as_of.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "language": about.language,
        "controller": controller_json(controller),
        "authority": AUTHORITY,
        "subject": {
            "id": str(about.subject.pk),
            "roles": about.subject.roles,
            "language": about.subject.language,
        },
        "notice": notice(about.language),
    }
