"""The record of who was hired, without a name, and the applicants who ask for it (ldl § 31, L42)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers import mails
from careers.actions.assessing import criteria_of
from careers.actions.errors import NotPossible
from careers.actions.notes import checked_words
from careers.models import Application, DecisionRecord, HireQuestion, Hiring, State
from careers.rules.assessments import answer_due, names_person
from privacy import actions as engine
from privacy.screens.scoping import unlock


@transaction.atomic
def write_decision_record(
    hiring, *, decided_on, education: str, experience: str, other: str = "", by
) -> DecisionRecord:
    """Write down what the person who was hired brings along; everybody who has asked is told that it is there.

    Raises NotPossible for what is missing, and for any text that holds the name, address or number of somebody who
    applied for this vacancy: the record outlives them all and must lead to nobody.
    """
    hiring = Hiring.objects.select_for_update().get(pk=hiring.pk)
    said = {"education": education, "experience": experience, "other": other}
    said = {name: checked_words(text) for name, text in said.items()}
    if not said["education"] or not said["experience"]:
        raise NotPossible(_("Write education and experience; “none required” is an answer too. Nothing was saved."))
    if decided_on > timezone.localdate():
        raise NotPossible(_("The day of the decision lies ahead. Nothing was saved."))
    _refuse_names(hiring, "\n".join(said.values()))
    criteria = [{"title": c.title, "meaning": c.meaning, "need": c.need} for c in criteria_of(hiring)]
    row = DecisionRecord.objects.create(
        hiring=hiring, decided_on=decided_on, criteria=criteria, written_by_id=getattr(by, "pk", None), **said
    )
    engine.note("hiring.record_written", record=row, by=by)
    _answer_all(hiring, HireQuestion.Answer.WRITTEN, by)
    return row


@transaction.atomic
def ask_who_was_hired(application, *, by) -> HireQuestion:
    """The applicant asks; asking twice is one question. What exists already is the answer, at once."""
    row, is_new = HireQuestion.objects.get_or_create(
        application=application, defaults={"asked_on": timezone.localdate()}
    )
    if is_new:
        engine.note("application.hire_asked", subject=application.subject, record=row, by=by)
        if records_for(application.vacancy_reference).exists():
            _answered(row, HireQuestion.Answer.WRITTEN, by)
    return row


@transaction.atomic
def answer_nobody(hiring, *, by) -> int:
    """Tell everybody who has asked that nobody was hired. Raises NotPossible once somebody was."""
    if Application.objects.filter(vacancy_reference=hiring.reference, state=State.HIRED).exists():
        raise NotPossible(_("Somebody was hired: write down their qualifications instead. Nothing was sent."))
    if records_for(hiring.reference).exists():
        raise NotPossible(_("The qualifications of who was hired are written down already. Nothing was sent."))
    return _answer_all(hiring, HireQuestion.Answer.NOBODY, by)


def records_for(reference: str):
    """What is written down about who was hired, the first one first; a vacancy may have several positions."""
    return DecisionRecord.objects.filter(hiring__reference=reference)


def due_on(question) -> date:
    """The last day to answer."""
    return answer_due(question.asked_on)


def _answer_all(hiring, answer, by) -> int:
    waiting = HireQuestion.objects.filter(application__vacancy_reference=hiring.reference, answered_on__isnull=True)
    rows = list(waiting.select_related("application__subject"))
    for row in rows:
        _answered(row, answer, by)
        mails.send_hire_answer(row.application)
    return len(rows)


def _answered(row, answer, by) -> None:
    row.answered_on, row.answer = timezone.localdate(), answer
    row.save(update_fields=["answered_on", "answer"])
    engine.note("application.hire_answered", subject=row.application.subject, record=row, by=by, reason=answer)


def _refuse_names(hiring, text: str) -> None:
    rows = Application.objects.filter(vacancy_reference=hiring.reference).select_related("subject")
    for row in unlock(rows):
        said = {"names": row.full_name, "email": row.email, "phone": row.phone}
        if names_person(text, **said, in_part=row.state == State.HIRED):
            raise NotPossible(
                _(
                    "The name, address or phone number of an applicant stands in the text. Describe what the person "
                    "can do, not who it is. Nothing was saved."
                )
            )
