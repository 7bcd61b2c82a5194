"""Letting one hiring leader read the applications for one vacancy until a day (N31)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import NotPossible
from careers.models import VacancyShare
from privacy import actions as engine


@transaction.atomic
def share_vacancy(vacancy, *, user, until, by) -> VacancyShare:
    """Share through `until`, that day included, and tell the leader by mail; sharing again moves the day.

    The languages of a vacancy are one: whichever page was chosen, there is one share. Raises NotPossible for a day gone
    by.
    """
    if until < timezone.localdate():
        raise NotPossible(_("The last day has passed already. Nothing was shared: choose a later day."))
    share = VacancyShare.objects.filter(vacancy__reference=vacancy.reference, user=user).first()
    share = share or VacancyShare(vacancy=vacancy, user=user)
    share.until, share.given_by_id, share.given_at = until, getattr(by, "pk", None), timezone.now()
    share.save()
    engine.note("vacancy.shared", record=share, by=by)
    mails.send_shared(share, title=vacancy.title)
    return share


@transaction.atomic
def stop_sharing(share, *, by) -> None:
    """Take the access back now."""
    engine.note("vacancy.unshared", record=share, by=by)
    share.delete()
