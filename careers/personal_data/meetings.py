"""What careers holds about meetings, referees, content that was closed off, and how an application came in."""

from django.utils.translation import gettext_lazy as _

from careers.models import (
    Finding,
    GuardianCheck,
    HandRegistration,
    Interview,
    InterviewSlot,
    Referee,
    RefereeNote,
)
from careers.personal_data.applications import KEY, RECRUITMENT, WITH_APPLICATION
from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Activity,
    Actor,
    Basis,
    Category,
    Field,
    KeepWith,
    NotPersonal,
    PersonalData,
)

REFEREE_CONTACT = registry.activity(
    Activity(
        code="referee-contact",
        title=_("Asking referees"),
        plainly=_("To ask the referees you named about you, each one only if you said yes to that one."),
        purpose="dpv:RecruitmentApplicantSelection",
        basis=Basis.CONSENT,
        consent="referee-contact",
        notice=("N31", "N32"),
        measures=(
            _("only HR sees who the referee is"),
            _("nobody is asked before you have agreed"),
            _("second factor for staff"),
            _("encrypted with a key of your own"),
        ),
        subjects=("applicants", "referees"),
        screened=True,
        necessity=_(
            "What a former leader can tell about somebody's work cannot be learned from the application itself. Only "
            "the referees the applicant names are asked, near the end, and one by one."
        ),
        risks=_(
            "A present employer might learn that somebody is looking for another job; what is said might be wrong or "
            "spiteful. Rare, because each referee is the applicant's own choice and what was said is shown to them."
        ),
    )
)
SPECIAL_ITEM = registry.activity(
    Activity(
        code="special-category-item",
        title=_("Private facts you asked us to keep"),
        plainly=_("To let the hiring team read the one document in which you want a private fact to stand."),
        purpose="dpv:RecruitmentApplicantSelection",
        basis=Basis.CONSENT,
        consent="special-category-item",
        notice=("N16", "N32"),
        measures=(
            _("only the one document you chose, and only for this application"),
            _("never searched and never compared"),
            _("encrypted with a key of your own"),
        ),
        subjects=("applicants",),
        screened=True,
        necessity=_(
            "We do not ask for such facts and close them off when they come. Only where the applicant holds that one "
            "is relevant, and says so explicitly (GDPR Art 9(2)(a)), is that document opened again."
        ),
        risks=_(
            "A decision might rest on what must not count (discrimination). Rare, because nobody is asked, the "
            "document is closed off first, and the applicant can take the yes back at any time."
        ),
    )
)


@registry.holds(Interview)
class InterviewData(PersonalData):
    title = _("Interviews")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by the hiring team; the answer by you")
    order = "made_at"
    fields = {
        "id": KEY,
        "application": KEY,
        "uid": NotPersonal("a random key of the entry in a calendar"),
        "sequence": NotPersonal("version of the entry in a calendar"),
        "state": Field(Category.APPLICATION, scope=ABOUT),
        "kind": Field(Category.APPLICATION, scope=ABOUT),
        "starts_at": Field(Category.APPLICATION, scope=ABOUT),
        "minutes": NotPersonal("how long it takes", shown=True),
        "place": Field(Category.APPLICATION, scope=ABOUT),
        "with_whom": Field(Category.APPLICATION, scope=ABOUT),
        "message": Field(Category.APPLICATION, scope=ABOUT),
        "answer": Field(Category.APPLICATION),
        "made_by": Actor(),
        "made_at": NotPersonal("bookkeeping: when the row was made"),
        "answered_at": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(InterviewSlot)
class InterviewSlotData(PersonalData):
    title = _("Times you were offered for an interview")
    subject = "interview__application__subject"
    activity = RECRUITMENT
    keep = KeepWith("interview", source="N32")
    source = _("written by the hiring team")
    order = "starts_at"
    fields = {
        "id": KEY,
        "interview": KEY,
        "starts_at": Field(Category.APPLICATION, scope=ABOUT),
    }


@registry.holds(Referee)
class RefereeData(PersonalData):
    title = _("Referees")
    subject = "application__subject"
    activity = REFEREE_CONTACT
    keep = KeepWith("application", source="L10")
    source = _("given to us by you")
    order = "added_at"
    fields = {
        "id": KEY,
        "application": KEY,
        "consent": NotPersonal("key of the consent to ask this referee"),
        "full_name": Field(Category.NAME, third_person=True),
        "relation": Field(Category.EMPLOYMENT, third_person=True),
        "email": Field(Category.EMAIL, third_person=True),
        "phone": Field(Category.PHONE, third_person=True),
        "added_by": Actor(),
        "added_at": Field(Category.APPLICATION, scope=OBSERVED),
        "told_at": Field(Category.APPLICATION, scope=OBSERVED),
        "told_how": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(RefereeNote)
class RefereeNoteData(PersonalData):
    title = _("What referees said about you")
    subject = "referee__application__subject"
    activity = REFEREE_CONTACT
    keep = KeepWith("referee", source="L10")
    source = _("said by a referee you named, written down by the hiring team")
    order = "written_at"
    fields = {
        "id": KEY,
        "referee": KEY,
        "author": Actor(),
        "said": Field(Category.APPLICATION, scope=ABOUT),
        "identifying": Field(Category.APPLICATION, scope=ABOUT, third_person=True),
        "written_at": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(Finding)
class FindingData(PersonalData):
    title = _("What we closed off in an application")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = KeepWith("application", source="N16")
    source = _("written by the hiring team")
    order = "found_at"
    fields = {
        "id": KEY,
        "application": KEY,
        "kind": Field(Category.APPLICATION, scope=ABOUT),
        "target": NotPersonal("key of the document or text"),
        "reason": Field(Category.APPLICATION, scope=ABOUT),
        "state": Field(Category.APPLICATION, scope=ABOUT),
        "consent": NotPersonal("key of the consent to keep it"),
        "found_at": Field(Category.APPLICATION, scope=OBSERVED),
        "found_by": Actor(),
        "due_on": Field(Category.APPLICATION, scope=OBSERVED),
        "settled_at": Field(Category.APPLICATION, scope=OBSERVED),
        "settled_by": Actor(),
    }


@registry.holds(HandRegistration)
class HandRegistrationData(PersonalData):
    title = _("How your application came to us")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by HR when your application came in")
    files = ("evidence",)
    fields = {
        "id": KEY,
        "application": KEY,
        "how": Field(Category.PREFERENCE, scope=OBSERVED),
        "agreed_on": Field(Category.PREFERENCE, scope=OBSERVED),
        "arrived_on": Field(Category.APPLICATION, scope=OBSERVED),
        "evidence": NotPersonal("key of the stored file"),
        "registered_by": Actor(),
        "registered_at": Field(Category.APPLICATION, scope=OBSERVED),
    }


@registry.holds(GuardianCheck)
class GuardianCheckData(PersonalData):
    title = _("Talk with your parent or guardian")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = KeepWith("application", source="L30")
    source = _("written by HR")
    fields = {
        "id": KEY,
        "application": KEY,
        "guardian": Field(Category.NAME, third_person=True),
        "how": Field(Category.APPLICATION, scope=OBSERVED),
        "checked_on": Field(Category.APPLICATION, scope=OBSERVED),
        "checked_by": Actor(),
    }
