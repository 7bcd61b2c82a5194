"""The engine's own codes and columns in words a person reads: on their page, in their copy, in the office.

Everybody else's columns speak for themselves through `verbose_name`. What is not listed here is shown as it is.
"""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.rules import requests

# Columns of the engine's own tables: "model.column" first, else the column alone.
COLUMNS = {
    "id": _("Your number with us"),
    "roles": _("What you are to us"),
    "language": _("Language"),
    "state": _("Where it stands"),
    "created_at": _("Since"),
    "kind": _("Kind"),
    "index": _("The address, as a one-way fingerprint"),
    "verified_at": _("Proved on"),
    "purpose": _("What for"),
    "consentevent.kind": _("What happened"),
    "text": _("The wording you were shown"),
    "at": _("When"),
    "valid_until": _("Valid until"),
    "method": _("How"),
    "evidence": _("Proof"),
    "since": _("Since"),
    "about": _("About"),
    "recipient": _("Who"),
    "direction": _("Sent or received"),
    "activity": _("What for"),
    "basis": _("Legal basis"),
    "field_names": _("Which facts"),
    "ground": _("Kind of reason"),
    "law": _("Law"),
    "reason": _("Reason"),
    "until": _("Until"),
    "action": _("What was done"),
    "model": _("With which kind of record"),
    "cause": _("Why"),
    "whole": _("All of it"),
    "scan_state": _("Checked for malware"),
    "storedfile.created_at": _("Stored on"),
    "downloads": _("Times downloaded"),
    "requested_at": _("Asked for on"),
    "template": _("Which message"),
    "queued_at": _("Written on"),
}

# Fields of a consignment that are put together from several columns.
PAYLOAD = {"address": _("street address")}

ROLES = {
    "account": _("somebody with an account"),
    "applicant": _("an applicant"),
    "customer": _("a contact at a customer"),
    "enquirer": _("somebody who asked us something"),
    "requester": _("somebody who asked about their data"),
    "staff": _("a colleague"),
}

ACTIONS = {
    "consent.asked": _("a consent was asked for"),
    "consent.deferred": _("a question of consent was put off"),
    "consent.expired": _("a consent ran out"),
    "consent.given": _("a consent was given"),
    "consent.invalidated": _("a consent was found invalid"),
    "consent.reminded": _("a reminder that a consent ends was sent"),
    "consent.refused": _("a consent was refused"),
    "consent.renewed": _("a consent was renewed"),
    "consent.revoked": _("a consent was ended by us"),
    "consent.unknown": _("an old consent without proof was entered"),
    "consent.withdrawn": _("a consent was withdrawn"),
    "consent.wording_filed": _("the wording of an old consent was stored"),
    "consent.wording_published": _("a question of consent was worded anew"),
    "copy.downloaded": _("a copy was downloaded"),
    "copy.exported": _("a copy was made by the office"),
    "copy.ready": _("a copy was ready"),
    "copy.requested": _("a copy was asked for"),
    "disclosure.logged": _("facts were shared with a partner"),
    "erasure.carried_out": _("an erasure was carried out"),
    "erasure.done": _("an erasure was finished"),
    "erasure.ordered": _("an erasure was ordered"),
    "erasure.reason": _("the reason for an erasure was noted"),
    "erasure.waiting": _("an erasure waits for what a law keeps"),
    "file.erased": _("a file was deleted"),
    "file.stored": _("a file was stored"),
    "hold.placed": _("a record was marked as one that must stay"),
    "hold.released": _("a record need no longer stay"),
    "objection.made": _("you objected to a use"),
    "objection.overruled": _("an objection was weighed and not followed"),
    "objection.upheld": _("an objection was followed"),
    "recipient.impossible": _("a partner could not be told"),
    "recipient.told": _("a partner was told what was deleted, corrected or paused"),
    "record.corrected": _("the office corrected something"),
    "record.restricted": _("use of one record was stopped"),
    "record.restriction_lifted": _("use of one record was allowed again"),
    "request.acknowledged": _("the receipt of a request was confirmed"),
    "request.added_to": _("something was added to a request"),
    "request.closed": _("a request was closed"),
    "request.done_at_once": _("a request was done at once"),
    "request.escalated": _("the office was told that a request is late"),
    "request.extended": _("more time was taken for a request"),
    "request.fulfilled": _("a request was answered: done"),
    "request.identity_proved": _("it was made sure who you are"),
    "request.in_progress": _("work on a request began"),
    "request.letter_printed": _("a letter in a request was printed"),
    "request.matched": _("a request was recognised as yours"),
    "request.partly_fulfilled": _("a request was answered: done in part"),
    "request.question_answered": _("a question in a request was answered"),
    "request.question_asked": _("a question was asked in a request"),
    "request.received": _("a request arrived"),
    "request.refusal_proposed": _("a refusal was put before a colleague"),
    "request.refused": _("a request was refused"),
    "request.reminded": _("the office was reminded of a request"),
    "request.reopened": _("a request was opened again"),
    "request.scan_opened": _("a scanned letter was opened"),
    "request.unidentifiable": _("a request was answered: we could not tell which data is yours"),
    "request.withdrawn_by_subject": _("a request was taken back"),
    "restriction.lift_announced": _("you were told that a pause ends"),
    "subject.account_opened": _("an account was opened"),
    "subject.address_changed": _("an e-mail address was changed"),
    "subject.claimed": _("you said that a record is yours"),
    "subject.corrected": _("you corrected something"),
    "subject.mailbox_proved": _("an e-mail address was proved"),
    "subject.registered": _("you were entered for the first time"),
    "subject.restricted": _("use of your data was stopped"),
    "subject.restriction_lifted": _("use of your data was allowed again"),
    "suppression.added": _("an address was marked as one that gets no marketing"),
    "suppression.lifted": _("an address may get marketing again, because its owner said yes"),
}

MAILS = {
    "privacy/mail/consent_last": _("a receipt that everything goes, because a consent ended"),
    "privacy/mail/consent_reminder": _("a reminder that a consent ends"),
    "privacy/mail/copy_ready": _("a notice that your copy is ready"),
    "privacy/mail/erased": _("a receipt for an erasure"),
    "privacy/mail/lift_announced": _("a notice that a pause ends"),
    "privacy/mail/objection_overruled": _("an answer to an objection"),
    "privacy/mail/objection_upheld": _("an answer to an objection"),
    "privacy/mail/request_acknowledged": _("a receipt for a request"),
    "privacy/mail/request_answered": _("a notice that a request is answered"),
    "privacy/mail/request_extended": _("a notice that a request takes longer"),
    "privacy/mail/request_late": _("a notice to the office that requests are late"),
    "privacy/mail/request_question": _("a question about a request"),
    "privacy/mail/request_reminder": _("a reminder of requests to the office"),
    "privacy/mail/proof_code": _("a code for a request about your data"),
}

# What a request asks for.
RIGHTS = {
    "access": _("see what we hold"),
    "portability": _("take it somewhere else"),
    "correction": _("correct something"),
    "erasure": _("delete"),
    "restriction": _("pause the use"),
    "objection": _("object to a use"),
    "withdrawal": _("take back a consent"),
    "no_automated_decision": _("no decision by a machine alone"),
}

METHODS = {
    "phone": _("by phone"),
    "letter": _("by letter"),
    "link": _("with a link in an e-mail"),
    "import": _("taken over from an older list"),
    "my-data": _("on this page"),
    "clock": _("by itself, when the time was up"),
    "form": _("in a form"),
    "office": _("by our office, because you asked"),
}

BASES = {
    "eu-gdpr:A6-1-a": _("your consent"),
    "eu-gdpr:A6-1-b-contract-performance": _("a contract with you"),
    "eu-gdpr:A6-1-b-enter-into-contract": _("steps you asked for before a contract"),
    "eu-gdpr:A6-1-c": _("a law that binds us"),
    "eu-gdpr:A6-1-f": _("our legitimate interest"),
}

# From when the engine's own clocks count: "78 months after it was shared".
STARTS = {
    "consentevent.at": _("you answered"),
    "disclosure.at": _("it was shared"),
    "legalhold.until": _("the reason ended"),
    "copy.requested_at": _("you asked for it"),
    "outgoingmail.queued_at": _("it was written"),
    "subjectrequest.closed_on": _("the request was closed"),
    "restriction.lifted_at": _("the pause ended"),
    "recipientnotice.settled_at": _("the partner was told"),
    "staffread.on": _("the look"),
    "mailboxproof.created_at": _("the form was sent"),
}

RUN_STATES = {
    "running": _("under way"),
    "done": _("finished"),
    "failed": _("some rows are still due"),
    "stopped": _("stopped: unusually much was due"),
    "died": _("broken off"),
}


def column_label(model, name: str, label: str) -> str:
    """The heading of one column: ours for the engine's own tables, else the one the column brings along."""
    if model._meta.app_label == "privacy":
        label = str(COLUMNS.get(f"{model._meta.model_name}.{name}") or COLUMNS.get(name) or label)
    return label[:1].upper() + label[1:]


def start_title(model, name: str) -> str:
    """What the day is called that a clock counts from."""
    ours = STARTS.get(f"{model._meta.model_name}.{name}") if model._meta.app_label == "privacy" else None
    return str(ours or model._meta.get_field(name).verbose_name)


def purpose_title(purpose: str) -> str:
    """What a consent purpose is called: its own title, else that of the activity that asks for it."""
    declared = registry.purpose_of(purpose)
    if declared is not None:
        return str(declared.title)
    found = [activity for activity in registry.activities() if activity.consent == purpose]
    return str(found[0].title) if found else purpose


def evidence_text(evidence: dict) -> str:
    """What proves an answer, without what stood around the question: the receipt has that."""
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in evidence.items() if name != "shown")


def activity_title(code: str) -> str:
    """What an activity is called; a code that is no longer used stays as it is."""
    found = [activity for activity in registry.activities() if activity.code == code]
    return str(found[0].title) if found else code


def model_title(label: str) -> str:
    """What one record of a model is called."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def class_title(label: str) -> str:
    """What the records of a class are called together, as its owner declared it."""
    return str(registry.declaration_of(label).title) if _is_declared(label) else model_title(label)


def field_title(name: str, label: str = "") -> str:
    """What a column is called, in the model it is about when that is known, else wherever people's data has it."""
    models = [registry.declaration_of(label).model] if _is_declared(label) else []
    for model in [*models, *(declaration.model for declaration in registry.declarations())]:
        try:
            return str(model._meta.get_field(name).verbose_name)
        except FieldDoesNotExist:
            continue
    return str(PAYLOAD.get(name, name.replace("_", " ")))


def _is_declared(label: str) -> bool:
    try:
        return registry.declaration_of(label) is not None
    except (LookupError, ValueError):
        return False


_CODES = {
    "roles": lambda code: ROLES.get(code, code),
    "action": lambda code: ACTIONS.get(code) or registry.said(code) or code,
    "template": lambda code: MAILS.get(code) or registry.said(code) or code,
    "method": lambda code: METHODS.get(code, code),
    "reason": lambda code: registry.said(code) or RIGHTS.get(code) or purpose_title(code),
    "kind": lambda code: requests.EVENT_LABELS.get(code, code),
    "reason_code": requests.reason_label,
    "basis": lambda code: BASES.get(code, code),
    "purpose": purpose_title,
    "activity": activity_title,
    "model": model_title,
    "evidence": evidence_text,
    "field_names": field_title,
}


def in_words(column: str, value):
    """A code, or a list of codes, in one of the engine's own columns, in words; other values come back unchanged."""
    translate = _CODES.get(column)
    if translate is None or value in (None, ""):
        return value
    if isinstance(value, list):
        return [str(translate(code)) for code in value]
    return str(translate(value))
