"""Told in time: before something goes that signing in would keep, its person hears of it, once per step (N55, L32)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from privacy import registry
from privacy.actions.mail import queue_mail
from privacy.actions.retention_plan import due_rows
from privacy.actions.trail import note
from privacy.declare import KeepFor
from privacy.holding import held_rows
from privacy.models import DataSubject, Restriction, RetentionWarning
from privacy.periods import keep_of, last_day_of
from privacy.rules.deadlines import oslo_date
from privacy.rules.warnings import warning_step

TEMPLATE = "privacy/mail/retention_warning"


def warn_of_retention(*, as_of, dry_run: bool = False) -> dict:
    """Write to whoever's row goes soon, in classes that promise it (``KeepFor.warn_days``). Returns {"warned": count}.

    Each step is told once for each last day: a sign-in moves that day, and everything begins anew. After nights in
    which nothing ran only the nearest step is told. Nobody is told of a row that stays for another reason.
    """
    day = oslo_date(as_of)
    warned = 0
    for declaration in registry.declarations():
        if isinstance(declaration.keep, KeepFor) and declaration.keep.warn_days:
            warned += _warn_class(declaration, day, dry_run)
    return {"warned": warned}


def _warn_class(declaration, day, dry_run: bool) -> int:
    keep = keep_of(declaration, day)
    steps = declaration.keep.warn_days
    person = f"{declaration.subject}__state"
    soon = due_rows(declaration, day + timedelta(days=max(steps) + 1)).filter(**{person: DataSubject.State.ACTIVE})
    rows = list(soon.exclude(pk__in=due_rows(declaration, day).values("pk")).distinct())
    held = held_rows({declaration: {row.pk for row in rows}}, day=day, grounds=Restriction.Ground.values)[declaration]
    told = _told(declaration, rows)
    count = 0
    for row in rows:
        until = last_day_of(keep, row)
        step = warning_step(until, day, steps=steps, told=told.get((str(row.pk), until), ()))
        if step is not None and row.pk not in held:
            count += 1 if dry_run else _warn(declaration, row, until=until, step=step)
    return count


def _told(declaration, rows) -> dict:
    """(key, last day) → the steps that were told already."""
    found: dict = {}
    sent = RetentionWarning.objects.filter(model=declaration.name(), object_pk__in=[str(row.pk) for row in rows])
    for key, until, step in sent.values_list("object_pk", "kept_until", "days"):
        found.setdefault((key, until), set()).add(step)
    return found


@transaction.atomic
def _warn(declaration, row, *, until, step: int) -> bool:
    subject = DataSubject.objects.get(pk=_subject_key(declaration, row))
    account = get_user_model()._base_manager.filter(subject__in=subject.group(), is_active=True).first()
    if account is None:
        # Whoever cannot sign in cannot keep it by signing in.
        return False
    warning, is_new = RetentionWarning.objects.get_or_create(
        model=declaration.name(), object_pk=str(row.pk), kept_until=until, days=step, defaults={"subject": subject}
    )
    if not is_new:
        return False
    with override(account.language):
        title = str(declaration.title)
    queue_mail(
        to=account.email,
        template=TEMPLATE,
        context={"title": title, "until": until.isoformat(), "url": settings.BASE_URL + reverse("privacy:my-data")},
        language=account.language,
        subject=subject,
    )
    note("retention.warned", subject=subject, record=row, by=None, reason=f"{step}-days")
    return True


def _subject_key(declaration, row):
    return type(row)._base_manager.values_list(declaration.subject, flat=True).get(pk=row.pk)
