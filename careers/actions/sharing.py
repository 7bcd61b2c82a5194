"""Letting one hiring leader read the applications for one vacancy until a day (N31)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.models import VacancyShare
from privacy import actions as engine


@transaction.atomic
def share_vacancy(vacancy, *, user, until, by) -> VacancyShare:
    """Share through `until`, that day included; sharing again moves the day. Raises NotPossible for a day gone by."""
    if until < timezone.localdate():
        raise NotPossible(_("The last day has passed already. Nothing was shared: choose a later day."))
    share, _new = VacancyShare.objects.update_or_create(
        vacancy=vacancy,
        user=user,
        defaults={"until": until, "given_by_id": getattr(by, "pk", None), "given_at": timezone.now()},
    )
    engine.note("vacancy.shared", record=share, by=by)
    return share


@transaction.atomic
def stop_sharing(share, *, by) -> None:
    """Take the access back now."""
    engine.note("vacancy.unshared", record=share, by=by)
    share.delete()
