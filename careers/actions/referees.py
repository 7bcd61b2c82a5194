"""Referees: named, agreed to one by one, told who we are, heard, and gone with the consent (L10, N32, Art 14)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import meeting_mails as mails
from careers.actions.errors import NotPossible
from careers.actions.referee_wording import REFEREE
from careers.models import Application, Referee, RefereeNote
from careers.rules.referees import names_the_referee
from privacy import actions as engine
from privacy import queries as held

MOST_REFEREES = 5


@transaction.atomic
def add_referee(application, *, full_name: str, relation: str, email: str, phone: str, by, text=None) -> Referee:
    """Keep a referee apart. With `text`, the wording the applicant ticked, the consent is given with it.

    Without it (HR notes a name) the applicant is asked by mail, and until they agree nobody is contacted.
    """
    row = _live(application)
    if not (email.strip() or phone.strip()):
        raise NotPossible(_("Write an e-mail address or a phone number. Nothing was saved."))
    if row.referees.count() >= MOST_REFEREES:
        raise NotPossible(_("There are %(n)s referees already, and that is enough.") % {"n": MOST_REFEREES})
    referee = Referee.objects.create(
        application=row,
        full_name=full_name.strip(),
        relation=relation.strip(),
        email=email.strip(),
        phone=phone.strip(),
        added_by_id=getattr(by, "pk", None),
    )
    engine.note("referee.added", subject=row.subject, record=referee, by=by)
    if text is not None:
        return agree_to_referee(referee, text=text, method="form", by=by)
    mails.send_referee_question(referee)
    return referee


@transaction.atomic
def agree_to_referee(referee, *, text, method: str, by) -> Referee:
    """The applicant's yes to asking this one. `method` says how it was had: form, paper, mail, phone or talk."""
    if text is None or text.purpose != REFEREE:
        raise NotPossible(_("Without a yes to this one referee nobody is asked. Nothing was changed."))
    row = _locked(referee)
    row.consent = engine.give_consent(
        row.application.subject,
        text=text,
        method=method,
        by=by,
        about=str(row.pk),
        evidence={"form": "referee", "vacancy": row.application.vacancy_reference},
    )
    row.save(update_fields=["consent"])
    return row


def may_ask(referee) -> bool:
    """Whether the applicant's yes to this one referee stands today."""
    return _answers(referee).filter(valid_until__gte=timezone.localdate()).exists()


@transaction.atomic
def tell_referee(referee, *, how: str, by) -> Referee:
    """The first contact: the referee is told who named them, what we hold, why and how long (Art 14).

    By mail it is sent here; by phone the member of staff has read it out. Before the applicant's yes it is refused.
    """
    row = _locked(referee)
    _require_yes(row)
    if row.told_at is not None:
        return row
    if how == Referee.Told.MAIL and not row.email:
        raise NotPossible(_("There is no e-mail address. Tell the referee on the phone; nothing was sent."))
    row.told_at, row.told_how = timezone.now(), how
    row.save(update_fields=["told_at", "told_how"])
    engine.note("referee.told", subject=row.application.subject, record=row, by=by, reason=how)
    if how == Referee.Told.MAIL:
        mails.send_referee_told(row)
    return row


@transaction.atomic
def note_referee(referee, *, said: str, identifying: str, by) -> RefereeNote:
    """What the referee said about the applicant, who gets to read it; apart from it, what shows who said it."""
    row = _locked(referee)
    _require_yes(row)
    if row.told_at is None:
        raise NotPossible(
            _("Tell the referee first who we are and what happens with what they say. Nothing was saved.")
        )
    said = said.strip()
    if not said:
        raise NotPossible(_("The note is empty. Write something and save again."))
    if names_the_referee(said, row):
        raise NotPossible(
            _(
                "Your text shows who the referee is, and the applicant gets it in their copy. Write “the referee” "
                "instead, and put the rest into the field below. Nothing was saved."
            )
        )
    written = RefereeNote.objects.create(
        referee=row, author_id=getattr(by, "pk", None), said=said, identifying=identifying.strip()
    )
    engine.note("referee.note_added", subject=row.application.subject, record=written, by=by)
    return written


@transaction.atomic
def remove_referee(referee, *, by, method: str = "form") -> None:
    """The applicant takes the yes back, or HR takes the referee out (who may have asked for it): details go at once."""
    subject = referee.application.subject
    if _answers(referee).exists():
        engine.withdraw_consent(subject, purpose=REFEREE, about=str(referee.pk), method=method, by=by)
    else:
        end_referee(subject, about=str(referee.pk), by=by)


def end_referee(subject, *, about: str, by) -> None:
    """The consent to one referee is over, wherever it was taken back: mail stops, all about them is erased."""
    row = Referee.objects.filter(pk=about, application__subject__in=subject.group()).first()
    if row is None:
        return
    if row.email:
        engine.cancel_mail(indexes=[held.address_index(row.email)])
    engine.note("referee.removed", subject=subject, record=row, by=by)
    engine.erase_rows(Referee, subject=subject, pks=[row.pk], cause="withdrawal", by=by)


def _answers(referee):
    consents = referee.application.subject.consents
    return consents.filter(purpose=REFEREE, about=str(referee.pk), state__in=("given", "renewed"))


def _require_yes(row) -> None:
    if not may_ask(row):
        raise NotPossible(_("The applicant has not agreed to asking this referee. Nobody was contacted."))


def _live(application) -> Application:
    row = Application.objects.select_related("subject").get(pk=application.pk)
    if not row.is_live:
        raise NotPossible(_("This application is decided or withdrawn. Nothing was changed."))
    return row


def _locked(referee) -> Referee:
    rows = Referee.objects.select_for_update(of=("self",)).select_related("application__subject")
    return rows.get(pk=referee.pk)
