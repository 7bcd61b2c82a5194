"""After the run: persons of whom nothing is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from privacy import registry
from privacy.actions.erasure import request_erasure
from privacy.models import DataSubject
from privacy.rules.consent import VALID


def forget_empty_persons(*, as_of: datetime) -> int:
    """Persons of whom nothing is left but a key and an address hash are erased too; returns how many."""
    empty = DataSubject.objects.filter(
        state=DataSubject.State.ACTIVE,
        created_at__lt=as_of - timedelta(days=30),
        proved_as__isnull=True,
        claimed__isnull=True,
        # Who asked something of us keeps the answer as long as its case is kept.
        requests__isnull=True,
    )
    for declaration in registry.declarations():
        if declaration.model._meta.app_label != "privacy" and isinstance(declaration.subject, str):
            rows = declaration.model._base_manager.filter(**{declaration.subject: OuterRef("pk")})
            empty = empty.filter(~Exists(rows))
    found = list(empty.exclude(consents__state__in=VALID))
    for subject in found:
        request_erasure(subject, cause="rule", by=None)
    return len(found)
