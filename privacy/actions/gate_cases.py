"""What both gates share: numbers without gaps, a case locked while something happens in it, events, its recipient."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.trail import actor_id, note
from privacy.models import GateSeries, Recipient
from privacy.rules.deadlines import oslo_date
from privacy.rules.gates import GateRefused, next_state

CODE = "case-"


def today() -> date:
    """The Oslo date now."""
    return oslo_date(timezone.now())


def next_number(prefix: str) -> str:
    """PREFIX-YYYY-NNNNNN: the series is locked until the transaction that takes a number ends."""
    code = f"{prefix}-{today().year}"
    GateSeries.objects.get_or_create(code=code)
    series = GateSeries.objects.select_for_update().get(code=code)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{code}-{series.last:06d}"


def user_of(key):
    """The account with this key, or None: who acted years ago may be gone."""
    return get_user_model()._base_manager.filter(pk=key).first()


def locked(case):
    """The case as it stands now, locked: of two colleagues the second meets what the first has left."""
    return type(case)._base_manager.select_for_update().get(pk=case.pk)


def happened(case, kind: str, *, by, reason_code: str = "") -> None:
    """One more event of this case, and the trail row of the act. No person is named in either."""
    events = case.events
    last = events.order_by("-at").values_list("at", flat=True).first()
    # Two events of one case never share a moment, so that their order can always be told.
    at = timezone.now() if last is None else max(timezone.now(), last + timedelta(microseconds=1))
    events.create(kind=kind, at=at, reason_code=reason_code, actor=actor_id(by))
    note(f"gate.{kind}", record=case, by=by, reason=reason_code)


def move(case, moves: dict, to: str, *, by, reason_code: str = "", urgent: bool = False, **columns):
    """Bring a locked case to the next state and write these columns with it. IllegalMove when it may not go there."""
    case.state = next_state(moves, case.state, to, urgent=urgent)
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *columns])
    happened(case, to, by=by, reason_code=reason_code)
    return case


def said(text: str, sentence: str) -> str:
    """The text without its edges; GateRefused with this sentence when nothing is left."""
    if not (text or "").strip():
        raise GateRefused(sentence)
    return text.strip()


def refuse_unless(missing: list[str]) -> None:
    """GateRefused with every sentence of what is missing."""
    if missing:
        raise GateRefused(" ".join([*missing, _("Nothing was changed.")]))


@contextmanager
def as_recipient(case, *, name: str, kind: str, role: str, country: str, activity: str, fields, approver):
    """The recipient of this case, active while the block logs what goes to it, and ended again after it.

    It exists for the log alone: what may go out is decided by the case, so no other act may ever use it. The fields it
    may receive are exactly those that go out now.
    """
    with transaction.atomic():
        recipient, _new = Recipient.objects.update_or_create(
            code=f"{CODE}{case.number.lower()}",
            defaults={
                "name": name[:120],
                "role": role,
                "kind": kind,
                "country": country,
                "transfer_tool": case.number,
                "allowed_fields": sorted(fields),
                "activities": [activity],
                "state": Recipient.State.ACTIVE,
                "approved_at": timezone.now(),
                "approved_by": approver,
            },
        )
        yield recipient
        recipient.state = Recipient.State.ENDED
        recipient.save(update_fields=["state"])
