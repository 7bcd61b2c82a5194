"""What the hiring team does with an application. Every decision is taken by a named person (N31, L17).

A stage and the mail about it are one act. `preview_move` writes the mail without sending it; its digest travels with
the form, and `move_application` refuses to send anything else than what was shown.
"""

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.errors import NotPossible
from careers.actions.guardians import require_guardian
from careers.actions.stages import record_move
from careers.models import Application, State, Step
from careers.rules.numbers import holds_card_number, holds_national_number
from careers.rules.stages import state_of, step_of, steps_from, tells
from privacy import actions as engine

MOST_WORDS = 800


class NotAsShown(NotPossible):
    """What would be sent now is not what was shown; nothing was changed."""


@dataclass(frozen=True)
class Preview:
    """A move that has not happened: where to, the letter it sends (None for none), and the digest of all that."""

    step: Step
    letter: mails.Letter | None
    digest: str


def preview_move(application, *, to: str, reason: str, words: str = "", on=None) -> Preview:
    """What moving would do today, or on another day. Raises NotPossible exactly where the move would."""
    step = _step_ahead(application, to)
    reason, words = _checked(reason), _checked(words)
    if step == Step.REJECTED and not reason:
        raise NotPossible(_("Write why the applicant was not selected; they can read it. Nothing was changed."))
    if len(words) > MOST_WORDS:
        raise NotPossible(_("Your own paragraph is too long: 800 characters at most. Nothing was changed."))
    letter = None
    if tells(application.state, state_of(step)):
        day = on or timezone.localdate()
        letter = mails.stage_letter(application, state=state_of(step), day=day, words=words)
    return Preview(step, letter, _digest(application, step, reason, letter))


@transaction.atomic
def move_application(
    application, *, to: str, by, reason: str, words: str = "", shown: str | None = None, on=None
) -> Application:
    """Move to another step, refuse, or hire; the applicant is told by mail when the public state changes.

    `to` is a step, or a state for its first step. `by` is the person who decides: nothing moves an application by
    itself. A refusal needs its reason in words, which the applicant can read. `words` is a paragraph of HR's own in the
    mail. `shown` is the digest of the preview. Raises NotPossible with a sentence, NotAsShown when anything differs.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("subject").get(pk=application.pk)
    return move_locked(row, to=to, by=by, reason=reason, words=words, shown=shown, on=on)


def move_locked(row, *, to: str, by, reason: str, words: str, shown: str | None, on) -> Application:
    """`move_application` for a row that is locked already in this transaction."""
    if by is None:
        raise NotPossible(_("Only a person can move an application. Nothing was changed."))
    preview = preview_move(row, to=to, reason=reason, words=words, on=on)
    if shown is not None and not constant_time_compare(shown, preview.digest):
        raise NotAsShown(
            _("Something changed after you saw the mail. Nothing was sent: read it again as it is now, and confirm.")
        )
    is_public = state_of(preview.step) != row.state
    record_move(row, to=preview.step, by=by, reason=_checked(reason), on=on)
    act = "application.moved" if is_public else "application.step_changed"
    engine.note(act, subject=row.subject, record=row, by=by, reason=preview.step)
    if preview.letter is not None:
        mails.send_stage(row, preview.letter)
    return row


def _step_ahead(row, to: str) -> Step:
    step = step_of(to) if to in Step.values or to in State.values else None
    if step not in steps_from(row.step):
        raise NotPossible(_("The application is in another stage by now. Nothing was changed: look at it again."))
    if state_of(step) in (State.INTERVIEW, State.OFFER):
        require_guardian(row)
    return step


def _checked(text: str) -> str:
    # Browsers send line ends of their own; mail has one kind.
    text = text.replace("\r\n", "\n").strip()
    if holds_national_number(text) or holds_card_number(text):
        raise NotPossible(
            _("There is a national identity number or a card number in the text. Take it out; nothing was changed.")
        )
    return text


def _digest(row, step, reason: str, letter) -> str:
    sent = [letter.to, letter.language, letter.title, letter.text] if letter else []
    facts = [str(row.pk), row.step, str(step), reason, *sent]
    return salted_hmac("careers.shown", json.dumps(facts), algorithm="sha256").hexdigest()
