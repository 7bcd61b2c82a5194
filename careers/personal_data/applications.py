"""What careers holds about people, why, and for how long (N31, N32, T6; notice map, section 4)."""

from django.utils.translation import gettext_lazy as _

from careers.models import (
    Application,
    ApplicationFile,
    CareersIndexPage,
    Hiring,
    Note,
    StageEvent,
    TalentPoolEntry,
    VacancyPage,
    VacancyShare,
)
from careers.rules.clocks import GRACE_DAYS, HIRED_DAYS, POOL_MOST_MONTHS
from careers.rules.stages import KEEP_MONTHS
from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Activity,
    Actor,
    Basis,
    Category,
    Field,
    KeepFor,
    KeepWith,
    NotPersonal,
    PersonalData,
)

RECRUITMENT = registry.activity(
    Activity(
        code="recruitment",
        title=_("Job applications"),
        plainly=_("To read your application, consider you for the vacancy, and tell you what we decided."),
        purpose="dpv:RecruitmentApplicationManagement",
        basis=Basis.CONSENT,
        consent="recruitment",
        notice=("N31", "N32"),
        measures=(
            _("only HR and the hiring leader of the vacancy have access"),
            _("second factor for staff"),
            _("what you send is encrypted with a key of your own"),
            _("every reading by staff is written down"),
        ),
        subjects=("applicants",),
        screened=True,
        necessity=_(
            "Nobody can be considered for a job without saying who they are and what they can do. Only that is asked "
            "for; everything else is the applicant's choice."
        ),
        risks=_(
            "Somebody might read an application who has no part in the decision; it might be kept too long; a "
            "judgement might rest on what has nothing to do with the job; an applicant might feel unable to say no. "
            "Likely to be rare, and serious for the person."
        ),
        also=("service-messages",),
        review=_(
            "The notice names consent, and we follow it: it can be withdrawn at any time. Datatilsynet holds that "
            "applicants can rarely consent freely, so the next version of the notice should rest the application on "
            "GDPR Art 6(1)(b) and keep consent for the talent pool. Nothing is changed in retrospect."
        ),
    )
)
TALENT_POOL = registry.activity(
    Activity(
        code="talent-pool",
        title=_("Talent pool"),
        plainly=_("To write to you about other vacancies, if you said yes to that."),
        purpose="dpv:PersonnelHiring",
        basis=Basis.CONSENT,
        consent="talent-pool",
        notice=("N31", "N32"),
        measures=(_("only HR has access"), _("second factor for staff"), _("encrypted with a key of your own")),
        subjects=("applicants",),
        screened=True,
        necessity=_("To be told of a job later, one must be remembered. It is asked for separately and never needed."),
        risks=_(
            "An old application might be judged long after it was true, or read by somebody who has no vacancy. Rare, "
            "and of little consequence, because it ends by itself."
        ),
        also=("service-messages",),
    )
)

KEY = NotPersonal("a random key")
WITH_APPLICATION = KeepWith("application", source="N32")

for page in (CareersIndexPage, VacancyPage):
    registry.excuse(
        page,
        because="a public page about jobs; contacts are roles, and no person is named in it",
        actors={"owner": Actor(), "locked_by": Actor()},
    )
registry.excuse(
    Hiring,
    because="the office's own settings for one vacancy; no applicant is in it",
    actors={"closed_by": Actor()},
)
registry.excuse(
    VacancyShare,
    because="access of a member of staff to a vacancy, an office matter with a last day",
    actors={"user": Actor(), "given_by": Actor()},
)


@registry.holds(Application)
class ApplicationData(PersonalData):
    title = _("Job applications")
    activity = RECRUITMENT
    keep = KeepFor(
        months=KEEP_MONTHS,
        since="clock_from",
        source="N32",
        sooner=KeepFor(days=HIRED_DAYS, since="moved_on", source="notice map 4"),
    )
    source = _("given to us by you in the application form")
    order = "submitted_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "consent": NotPersonal("key of the consent the application rests on"),
        "vacancy": NotPersonal("key of the page of the vacancy"),
        "vacancy_reference": Field(Category.APPLICATION),
        "vacancy_title": Field(Category.APPLICATION),
        "form_token": NotPersonal("a random key of the form that was sent"),
        "full_name": Field(Category.NAME, editable_by_subject=True),
        "email": Field(Category.EMAIL),
        "phone": Field(Category.PHONE, editable_by_subject=True),
        "message": Field(Category.APPLICATION, editable_by_subject=True),
        "links": Field(Category.SOCIAL, editable_by_subject=True),
        "minor": Field(Category.APPLICATION),
        "language": Field(Category.LANGUAGE),
        "state": Field(Category.APPLICATION, scope=ABOUT),
        "step": Field(Category.APPLICATION, scope=ABOUT),
        "step_since": Field(Category.APPLICATION, scope=OBSERVED),
        "submitted_at": Field(Category.APPLICATION, scope=OBSERVED),
        "confirmed_at": Field(Category.APPLICATION, scope=OBSERVED),
        "decided_on": Field(Category.APPLICATION, scope=ABOUT),
        "clock_from": Field(Category.APPLICATION, scope=OBSERVED),
        "changed_at": Field(Category.APPLICATION, scope=OBSERVED),
        "reopened_until": Field(Category.APPLICATION, scope=ABOUT),
        "starts_on": Field(Category.APPLICATION, scope=ABOUT),
        "moved_on": Field(Category.APPLICATION, scope=ABOUT),
        "received_by": Field(Category.APPLICATION, scope=OBSERVED),
    }

    @classmethod
    def label(cls, row):
        return row.vacancy_title


@registry.holds(ApplicationFile)
class ApplicationFileData(PersonalData):
    title = _("Files you sent with an application")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("uploaded by you")
    files = ("file",)
    fields = {
        "id": KEY,
        "application": KEY,
        "file": NotPersonal("key of the stored file"),
        "kind": Field(Category.UPLOAD),
        "added_at": Field(Category.UPLOAD, scope=OBSERVED),
        "preview": NotPersonal("whether staff can look at it without downloading it"),
        "pages": Field(Category.UPLOAD, scope=OBSERVED),
    }


@registry.holds(StageEvent)
class StageEventData(PersonalData):
    title = _("How your application went")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by the hiring team")
    order = "at"
    fields = {
        "id": KEY,
        "application": KEY,
        "before": Field(Category.APPLICATION, scope=ABOUT),
        "after": Field(Category.APPLICATION, scope=ABOUT),
        "step_before": Field(Category.APPLICATION, scope=ABOUT),
        "step_after": Field(Category.APPLICATION, scope=ABOUT),
        "at": Field(Category.APPLICATION, scope=OBSERVED),
        "actor": Actor(),
        "reason": Field(Category.APPLICATION, scope=ABOUT),
    }


@registry.holds(Note)
class NoteData(PersonalData):
    title = _("What the hiring team wrote about your application")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by the hiring team")
    order = "written_at"
    fields = {
        "id": KEY,
        "application": KEY,
        "author": Actor(),
        "text": Field(Category.APPLICATION, scope=ABOUT),
        "in_full": Field(Category.APPLICATION, scope=ABOUT, third_person=True),
        "written_at": Field(Category.APPLICATION, scope=OBSERVED),
        "changed_at": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(TalentPoolEntry)
class TalentPoolEntryData(PersonalData):
    title = _("Talent pool")
    activity = TALENT_POOL
    # The yes itself lasts 12 months (its wording says so); this is what comes after it, and the end of it all.
    keep = KeepFor(
        days=GRACE_DAYS,
        since="ends_on",
        source="N32, L21",
        sooner=KeepFor(months=POOL_MOST_MONTHS, since="first_agreed_on", source="N32"),
    )
    source = _("given to us by you in the application form")
    fields = {
        "id": KEY,
        "subject": KEY,
        "consent": NotPersonal("key of the consent the entry rests on"),
        "full_name": Field(Category.NAME, editable_by_subject=True),
        "email": Field(Category.EMAIL),
        "interest": Field(Category.INTEREST),
        "agreed_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "first_agreed_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "ends_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "renewed_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "asked_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "added_at": NotPersonal("bookkeeping: when the row was made"),
    }
