"""Consents that were given before they were entered here: with proof they stand, without it nobody uses them (T20)."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.consent import About, ConsentRefused, record, refuse_who_is_being_erased, states_of
from privacy.actions.consent_texts import file_text
from privacy.consenting import Proof
from privacy.models import ConsentEvent, ConsentKind
from privacy.rules.deadlines import OSLO, add_months, oslo_date


@transaction.atomic
def take_over_consent(subject, *, purpose: str, method: str, by, proof: Proof | None = None) -> ConsentEvent:
    """Enter an old yes. Without proof it is "unknown": it allows nothing and is shown to the person as such.

    With proof (exact wording, day, where it lies) it counts from the day it was given and for the purpose's months.
    Raises ConsentRefused where an answer is stored already: an import never talks over what somebody said (HubSpot).
    """
    what = About(purpose, "")
    refuse_who_is_being_erased(subject)
    if states_of(subject, what):
        raise ConsentRefused(_("There is an answer to this already. It stands; nothing was taken over."))
    if proof is None:
        return record(subject, what, kind=ConsentKind.UNKNOWN, method=method, by=by)
    declared, today = registry.purpose_of(purpose), oslo_date(timezone.now())
    if declared is None or not (proof.wording.text.strip() and proof.evidence) or proof.given_on > today:
        raise ConsentRefused(
            _("Proof is the exact wording, the day, and where the evidence lies. Without all three nothing was stored.")
        )
    until = add_months(proof.given_on, declared.months)
    if until < today:
        raise ConsentRefused(_("That consent has run out, so nothing was stored. It has to be asked for anew."))
    text = file_text(
        purpose=purpose,
        language=proof.language,
        wording=proof.wording.text,
        how_to_withdraw=proof.wording.how_to_withdraw,
        valid_months=declared.months,
        by=by,
    )
    return record(
        subject,
        what,
        kind=ConsentKind.GIVEN,
        text=text,
        valid_until=until,
        method=method,
        by=by,
        evidence={**proof.evidence, "taken_over": True},
        at=datetime.combine(proof.given_on, time(12), tzinfo=OSLO),
    )
