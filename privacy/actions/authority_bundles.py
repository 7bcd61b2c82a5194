"""The hand-over to an authority: the package, the log beside it, the download by two persons (N51, T24, T36)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import vault
from privacy.actions import gate_cases
from privacy.actions.authority_cases import ACTIVITY
from privacy.actions.disclosure import log_disclosure
from privacy.actions.documents import file_document, open_document
from privacy.actions.files import erase_object
from privacy.actions.gate_cases import as_recipient, happened, locked, move
from privacy.actions.roles import MANAGERS
from privacy.actions.trail import actor_id
from privacy.bag_archive import Readable
from privacy.bag_authority import AuthorityBag
from privacy.models import AuthorityCase, OfficeDocument, Recipient
from privacy.queries.gate_facts import demand_of
from privacy.queries.register import controller
from privacy.rules import gates
from privacy.rules.gates import DEMAND, GateRefused

MEDIA_TYPE = "application/zip"


def hand_over(case: AuthorityCase, *, by) -> AuthorityCase:
    """Build the package of an approved case and log it per person, in one act: what is logged is what is in it.

    Only who asked and who approved may. GateRefused otherwise; nothing was changed and nothing is left then.
    """
    return _hand_over(case, by=by, begin=_approved)


def hand_over_at_once(case: AuthorityCase, *, reason: str, gag_until: date | None = None, by) -> AuthorityCase:
    """Life and death: on a general manager's word, without waiting for paper or a colleague (T24).

    Only what finds or reaches somebody. Another person reviews it by the next working day. GateRefused otherwise.
    """

    def begin(case):
        if not may_act_at_once(by):
            raise GateRefused(_("Only a general manager can hand over at once. Nothing was changed."))
        gates.next_state(DEMAND, case.state, gates.HANDED_OVER, urgent=True)
        gate_cases.refuse_unless(gates.missing_when_urgent(demand_of(case), reason=reason))
        today = gate_cases.today()
        case.urgent, case.urgent_reason, case.review_due_on = True, reason.strip(), gates.review_due(today)
        case.decided_by, case.decided_on, case.gag_until = actor_id(by), today, gag_until
        case.save(
            update_fields=["urgent", "urgent_reason", "review_due_on", "decided_by", "decided_on", "gag_until"],
        )
        happened(case, gates.URGENT, by=by)

    return _hand_over(case, by=by, begin=begin)


def may_act_at_once(user) -> bool:
    """Whether this user is a general manager."""
    return user.groups.filter(name=MANAGERS).exists()


def may_download(case: AuthorityCase, user) -> bool:
    """Whether this user is one of the two persons of the case: who asked, or who decided."""
    return user.pk is not None and user.pk in (case.requester, case.decided_by)


def open_bundle(case: AuthorityCase, *, by) -> vault.PlainReader:
    """The package to read piece by piece; the download is noted. GateRefused for everybody but the two persons."""
    with transaction.atomic():
        case = locked(case)
        if not may_download(case, by):
            raise GateRefused(_("Only who asked and who approved can download the package."))
        if case.bundle is None:
            raise GateRefused(_("There is no package: none has been made, or it was destroyed with the case's end."))
        reader = open_document(case.bundle, by=by)
        happened(case, gates.DOWNLOADED, by=by)
    return reader


def _approved(case: AuthorityCase) -> None:
    gates.next_state(DEMAND, case.state, gates.HANDED_OVER)


def _hand_over(case: AuthorityCase, *, by, begin) -> AuthorityCase:
    stored = []
    try:
        with transaction.atomic():
            case = locked(case)
            begin(case)
            if not may_download(case, by):
                raise GateRefused(_("Only who asked and who approved can hand over. Nothing was changed."))
            bag = AuthorityBag(case, as_of=timezone.now(), organisation=controller()["name"])
            bundle = file_document(
                Readable(bag.pieces()),
                kind=OfficeDocument.Kind.ORDER,
                display_name=f"{case.number}.zip",
                media_type=MEDIA_TYPE,
                by=by,
            )
            stored.append(bundle)
            _log(case, bag, by=by)
            columns = {"bundle": bundle, "bundle_sha256": bundle.sha256, "handed_over_on": gate_cases.today()}
            move(case, DEMAND, gates.HANDED_OVER, by=by, urgent=case.urgent, **columns)
    except BaseException:
        # The row of the package went with the transaction: its object must not stay behind.
        for bundle in stored:
            erase_object(bundle.storage_name)
        raise
    return case


def _log(case: AuthorityCase, bag: AuthorityBag, *, by) -> None:
    fields, approver = {name for each in bag.handed_over for name in each.fields}, gate_cases.user_of(case.decided_by)
    with as_recipient(
        case,
        name=", ".join(filter(None, (case.authority, case.unit))),
        kind="authority",
        role=Recipient.Role.AUTHORITY,
        country=case.country,
        activity=ACTIVITY,
        fields=fields,
        approver=case.decided_by,
    ) as recipient:
        for each in bag.handed_over:
            log_disclosure(
                each.person,
                recipient=recipient,
                payload=each.fields,
                activity=ACTIVITY,
                by=by,
                case=case.pk,
                approver=approver,
                hidden_until=case.gag_until,
            )
