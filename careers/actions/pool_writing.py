"""HR writes to the talent pool about one vacancy: one mail per person and vacancy, only while the yes stands (N32)."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from careers import links, pool_mails
from careers.actions.errors import NotPossible
from careers.actions.wordings import POOL
from careers.mails import Letter
from careers.models import Application, Hiring, PoolMail, TalentPoolEntry
from careers.models.application import LIVE
from careers.rules.adverts import is_open
from careers.rules.clocks import may_be_written_to
from privacy import actions as engine
from privacy.queries import active, may_use

LANGUAGES = ("nb", "en")


@dataclass(frozen=True)
class Written:
    """What came of it: how many mails were put in line, and how many persons were left out since the page was shown."""

    sent: int
    left_out: int


@dataclass(frozen=True)
class PoolPreview:
    """The mail word for word, in each language somebody would get it in, and the digest of all that."""

    letters: list[Letter]
    digest: str


def reachable(vacancy, *, day=None) -> list[TalentPoolEntry]:
    """Who may be written to about this vacancy: the yes stands, they have not been written to about it, and they are
    not in its process already. By the day they said yes, the latest first."""
    day = day or timezone.localdate()
    applied = Application.objects.filter(vacancy_reference=vacancy.reference, state__in=LIVE)
    written = PoolMail.objects.filter(vacancy_reference=vacancy.reference)
    entries = active(TalentPoolEntry.objects.filter(ends_on__gte=day))
    entries = entries.exclude(subject__in=applied.values("subject")).exclude(pk__in=written.values("entry"))
    found = entries.select_related("subject").order_by("-agreed_on", "pk")
    return [entry for entry in found if may_use(entry.subject, purpose=POOL, day=day)]


def preview_pool_letter(vacancy) -> PoolPreview:
    """What each person would read; in place of the link for leaving, which is their own, stand words in brackets."""
    letters = [
        pool_mails.pool_letter(vacancy, language=language, leave_url=_own_link(language)) for language in LANGUAGES
    ]
    facts = [[each.language, each.title, each.text] for each in letters]
    said = json.dumps([vacancy.reference, facts])
    return PoolPreview(letters, salted_hmac("careers.pool-letter", said, algorithm="sha256").hexdigest())


def write_to_pool(vacancy, *, entries, shown: str, by) -> Written:
    """Write to these people about this vacancy. Whoever may no longer be written to is left out and counted.

    `shown` is the digest of the preview; another text than was shown is refused. Raises NotPossible with a sentence.
    """
    if by is None:
        raise NotPossible(_("Only a person can write to the talent pool. Nothing was sent."))
    if not is_open(vacancy, Hiring.objects.filter(reference=vacancy.reference).first(), timezone.now()):
        raise NotPossible(_("Nobody can apply for this vacancy now, so nothing was sent."))
    if not constant_time_compare(shown, preview_pool_letter(vacancy).digest):
        raise NotPossible(
            _(
                "The advert was changed after you saw the mail. Nothing was sent: read it again as it is now, and "
                "confirm."
            )
        )
    wanted = {entry.pk for entry in entries}
    now_reachable = [entry for entry in reachable(vacancy) if entry.pk in wanted]
    sent = sum(_write(entry, vacancy, by) for entry in now_reachable)
    return Written(sent, len(wanted) - sent)


@transaction.atomic
def _write(entry, vacancy, by) -> bool:
    day = timezone.localdate()
    row = TalentPoolEntry.objects.select_for_update().select_related("subject").filter(pk=entry.pk).first()
    if row is None or not may_be_written_to(row.ends_on, day):
        return False
    # The database knows each vacancy once per person: of two members of staff who press at once one writes.
    written, is_new = PoolMail.objects.get_or_create(
        entry=row,
        vacancy_reference=vacancy.reference,
        defaults={"vacancy_title": vacancy.title, "written_by_id": by.pk},
    )
    if is_new:
        letter = pool_mails.pool_letter(vacancy, language=row.subject.language, leave_url=links.pool_url(row))
        pool_mails.send_pool_letter(row, letter)
        engine.note("talent_pool.written_to", subject=row.subject, record=written, by=by, reason=vacancy.reference)
    return is_new


def _own_link(language: str) -> str:
    return "[din egen lenke]" if language == "nb" else "[your own link]"
