"""The engine's own codes and columns in words a person reads: on their page, in their copy, in the office.

Everybody else's columns speak for themselves through `verbose_name`. What is not listed here is shown as it is.
"""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.act_words import ACTIONS as ACTIONS
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
    "follower": _("somebody who follows our privacy notice"),
    "requester": _("somebody who asked about their data"),
    "staff": _("a colleague"),
}

MAILS = {
    "privacy/mail/consent_last": _("a receipt that everything goes, because a consent ended"),
    "privacy/mail/consent_reminder": _("a reminder that a consent ends"),
    "privacy/mail/copy_ready": _("a notice that your copy is ready"),
    "privacy/mail/erased": _("a receipt for an erasure"),
    "privacy/mail/lift_announced": _("a notice that a pause ends"),
    "privacy/mail/notice_changed": _("a notice that our privacy notice changes"),
    "privacy/mail/notice_code": _("a code for hearing of changes in the privacy notice"),
    "privacy/mail/notice_followed": _("a notice that our privacy notice changes"),
    "privacy/mail/objection_overruled": _("an answer to an objection"),
    "privacy/mail/objection_upheld": _("an answer to an objection"),
    "privacy/mail/retention_warning": _("a warning that something is deleted soon"),
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
    "paper": _("signed on paper"),
    "mail": _("in an e-mail"),
    "talk": _("in a talk"),
}

BASES = {
    "eu-gdpr:A6-1-a": _("your consent"),
    "eu-gdpr:A6-1-b-contract-performance": _("a contract with you"),
    "eu-gdpr:A6-1-b-enter-into-contract": _("steps you asked for before a contract"),
    "eu-gdpr:A6-1-c": _("a law that binds us"),
    "eu-gdpr:A6-1-f": _("our legitimate interest"),
}

# What a clock counts from where a library left its column with no name but that of the code.
UNNAMED = {
    "created at": _("it was made"),
    "updated at": _("it was last changed"),
    "last updated at": _("it was last saved"),
    "last seen at": _("it was last open"),
    "attempt time": _("the attempt"),
}

# From when the engine's own clocks count: "78 months after it was shared".
STARTS = {
    "trailentry.at": _("it was done"),
    "breach.closed_on": _("the breach was closed"),
    "informationduty.settled_on": _("you were told"),
    "pendinghandover.last_tried_at": _("it was last tried"),
    "consentend.ended_on": _("the consent ended"),
    "consentevent.at": _("you answered"),
    "disclosure.at": _("it was shared"),
    "legalhold.ended_on": _("the reason ended"),
    "copy.requested_at": _("you asked for it"),
    "outgoingmail.queued_at": _("it was written"),
    "subjectrequest.closed_on": _("the request was closed"),
    "restriction.lifted_at": _("the pause ended"),
    "recipientnotice.settled_at": _("the partner was told"),
    "staffread.on": _("the look"),
    "followerproof.created_at": _("the form was sent"),
    "noticemail.queued_at": _("it was written"),
    "mailboxproof.created_at": _("the form was sent"),
    "retentionwarning.told_at": _("you were told"),
    "authoritycase.closed_on": _("the case was closed"),
    "dealcase.closed_on": _("the case was closed"),
    "dealperson.case__closed_on": _("the case was closed"),
}

RUN_STATES = {
    "running": _("under way"),
    "done": _("finished"),
    "failed": _("some rows are still due"),
    "stopped": _("stopped: unusually much was due"),
    "died": _("broken off"),
    "clock": _("stopped: the clock could not be believed"),
    "changed": _("allowed, but the plan had changed"),
    "followed": _("allowed, and carried out"),
}


def column_label(model, name: str, label: str) -> str:
    """The heading of one column: ours for the engine's own tables, else the one the column brings along."""
    if model._meta.app_label == "privacy":
        label = str(COLUMNS.get(f"{model._meta.model_name}.{name}") or COLUMNS.get(name) or label)
    return label[:1].upper() + label[1:]


def start_title(model, name: str) -> str:
    """What the day is called that a clock counts from."""
    ours = STARTS.get(f"{model._meta.model_name}.{name}") if model._meta.app_label == "privacy" else None
    named = str(ours or model._meta.get_field(name).verbose_name)
    return str(UNNAMED.get(named.lower(), named))


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
        except (FieldDoesNotExist, AttributeError):
            # A relation that comes from another model has no name of its own.
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
