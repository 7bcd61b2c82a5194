"""What the hiring team's judgement holds about applicants, and what it holds about nobody (N31, L42)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.models import Abstention, Assessment, Criterion, DecisionRecord, HireQuestion, Judgement
from careers.personal_data.applications import KEY, RECRUITMENT, WITH_APPLICATION
from careers.rules.stages import KEEP_MONTHS
from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Actor,
    Category,
    Field,
    KeepFor,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)

ABOUT_THE_JOB = NotPersonal("says what the job asks for, the same for every applicant")
NAMES_NOBODY = NotPersonal("a qualification without a name, which leads to nobody")

registry.excuse(Criterion, because="what a job asks for, the same for every applicant; no person is in it")
registry.excuse(
    Abstention,
    because="a colleague's word that they will not assess in one hiring; no applicant is in it",
    actors={"user": Actor()},
)


@registry.holds(Assessment)
class AssessmentData(PersonalData):
    title = _("Assessments of your application")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by the hiring team")
    order = "begun_at"
    fields = {
        "id": KEY,
        "application": KEY,
        "author": Actor(),
        "begun_at": Field(Category.APPLICATION, scope=OBSERVED),
        "submitted_at": Field(Category.APPLICATION, scope=OBSERVED),
        "replaced_at": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(Judgement)
class JudgementData(PersonalData):
    title = _("How your application was judged, criterion by criterion")
    subject = "assessment__application__subject"
    activity = RECRUITMENT
    keep = KeepWith("assessment", source="N32")
    source = _("written by the hiring team")
    order = "criterion__order"
    fields = {
        "id": KEY,
        "assessment": NotPersonal("key of the assessment it is part of", shown=True),
        "criterion": NotPersonal("what the job asks for, the same for every applicant", shown=True),
        "level": Field(Category.APPLICATION, scope=ABOUT),
        "reason": Field(Category.APPLICATION, scope=ABOUT),
        "reason_in_full": Field(Category.APPLICATION, scope=ABOUT, third_person=True),
    }


@registry.holds(HireQuestion)
class HireQuestionData(PersonalData):
    title = _("Your question about who was hired")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("asked by you on your own page")
    fields = {
        "id": KEY,
        "application": KEY,
        "asked_on": Field(Category.APPLICATION),
        "answered_on": Field(Category.APPLICATION, scope=OBSERVED),
        "answer": Field(Category.APPLICATION, scope=ABOUT),
    }


@registry.holds(DecisionRecord)
class DecisionRecordData(PersonalData):
    """It leads to no person, and it has a clock: without a declaration it would be kept for ever."""

    title = _("Qualifications of who was hired, without a name")
    subject = MatchedBy(
        lambda ids: Q(pk__in=()), because="it is written without a name so that it outlives every application"
    )
    activity = RECRUITMENT
    keep = KeepFor(months=KEEP_MONTHS, since="decided_on", source="L42")
    order = "decided_on"
    fields = {
        "id": KEY,
        "hiring": ABOUT_THE_JOB,
        "decided_on": NotPersonal("the day of the decision"),
        "criteria": ABOUT_THE_JOB,
        "education": NAMES_NOBODY,
        "experience": NAMES_NOBODY,
        "other": NAMES_NOBODY,
        "written_by": Actor(),
        "written_at": NotPersonal("bookkeeping: when the row was made"),
    }
