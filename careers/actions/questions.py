"""The questions of one vacancy: added, changed, moved, removed, until somebody has applied (N16, L28)."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.models import Application, Hiring, Question
from careers.rules.answers import MOST_QUESTIONS
from careers.rules.questions import forbidden_in
from privacy import actions as engine


def questions_are_locked(hiring) -> bool:
    """Whether somebody has applied: the questions then stay as everybody met them."""
    return Application.objects.filter(vacancy_reference=hiring.reference).exists()


@transaction.atomic
def add_question(hiring, *, kind, text_nb, text_en, required, choices_nb="", choices_en="", by) -> Question:
    """Ask one question more, at the end. Raises NotPossible with a sentence: locked, forbidden, not whole, too many."""
    hiring = _unlocked(hiring)
    if hiring.questions.count() >= MOST_QUESTIONS:
        raise NotPossible(
            _("There are ten questions already, and an application should take five minutes. Nothing was saved.")
        )
    last = hiring.questions.aggregate(last=Max("order"))["last"] or 0
    question = Question(hiring=hiring, order=last + 1)
    _say(question, kind, text_nb, text_en, required, choices_nb, choices_en)
    engine.note("question.added", record=question, by=by)
    return question


@transaction.atomic
def change_question(question, *, kind, text_nb, text_en, required, choices_nb="", choices_en="", by) -> Question:
    """Ask it in another way. Raises NotPossible as `add_question` does."""
    # Read again under the lock: it may have been moved since.
    question = _unlocked(question.hiring).questions.get(pk=question.pk)
    _say(question, kind, text_nb, text_en, required, choices_nb, choices_en)
    engine.note("question.changed", record=question, by=by)
    return question


@transaction.atomic
def move_question(question, *, up: bool, by) -> None:
    """One place up or down; the first stays first, the last stays last."""
    hiring = _unlocked(question.hiring)
    rows = list(hiring.questions.all())
    here = next(place for place, row in enumerate(rows) if row.pk == question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for order, row in enumerate(rows, start=1):
        Question.objects.filter(pk=row.pk).update(order=order)
    engine.note("question.moved", record=question, by=by)


@transaction.atomic
def remove_question(question, *, by) -> None:
    """Ask it no longer; what drafts have answered to it is not sent."""
    _unlocked(question.hiring)
    engine.note("question.removed", record=question, by=by)
    question.delete()


def _unlocked(hiring) -> Hiring:
    """The hiring, locked against a second change at the same moment."""
    hiring = Hiring.objects.select_for_update().get(pk=hiring.pk)
    if questions_are_locked(hiring):
        raise NotPossible(
            _("Somebody has applied already, so the questions stay as they are: everybody is asked the same.")
        )
    return hiring


def _say(question, kind, text_nb, text_en, required, choices_nb, choices_en) -> None:
    is_choice = kind == Question.Kind.CHOICE
    question.kind, question.required = kind, required
    question.text_nb, question.text_en = text_nb.strip(), text_en.strip()
    question.choices_nb, question.choices_en = (choices_nb, choices_en) if is_choice else ("", "")
    _refuse_forbidden(question)
    if not question.text_nb or not question.text_en:
        raise NotPossible(_("Write the question in both languages. Nothing was saved."))
    if is_choice:
        _refuse_bad_choices(question)
    question.save()


def _refuse_forbidden(question) -> None:
    for text in (question.text_nb, question.text_en, *question.choices("nb"), *question.choices("en")):
        if (topic := forbidden_in(text)) is not None:
            raise NotPossible(str(topic.refusal))


def _refuse_bad_choices(question) -> None:
    norwegian, english = question.choices("nb"), question.choices("en")
    if len(norwegian) < 2 or len(norwegian) != len(english):
        raise NotPossible(
            _("Write at least two choices, one per line, and as many in English as in Norwegian. Nothing was saved.")
        )
    if len(set(norwegian)) != len(norwegian) or len(set(english)) != len(english):
        raise NotPossible(_("Two choices are the same. Nothing was saved: make each one different."))
