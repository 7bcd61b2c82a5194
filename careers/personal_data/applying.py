"""What careers holds of an application before it is sent, and of what was asked and answered (N31, N32, L28)."""

from django.utils.translation import gettext_lazy as _

from careers.models import Answer, ApplicationDraft, DraftFile, Question
from careers.personal_data.applications import KEY, RECRUITMENT, WITH_APPLICATION
from careers.rules.drafts import DRAFT_DAYS
from privacy import registry
from privacy.declare import OBSERVED, Activity, Basis, Category, Field, KeepFor, KeepWith, NotPersonal, PersonalData

DRAFTS = registry.activity(
    Activity(
        code="application-drafts",
        title=_("Applications you are writing"),
        plainly=_("To keep what you have filled in until you send it or delete it, because you asked us to."),
        purpose="dpv:RecruitmentApplicationManagement",
        basis=Basis.ENTER_CONTRACT,
        notice=("N31", "N32"),
        measures=(
            _("nobody but you reads a draft"),
            _("what you fill in is encrypted with a key of your own"),
            _("a draft is deleted 30 days after the last change"),
        ),
        subjects=("applicants",),
        screened=True,
        necessity=_(
            "An application in steps cannot be continued on another day or another device without being kept. It is "
            "kept because the applicant presses Next, and they can delete it with one button."
        ),
        risks=_(
            "Somebody else might open a draft on a shared computer or with a mislaid link; a draft might be forgotten. "
            "Rare, and of some consequence for the person; it ends by itself after 30 days."
        ),
        also=("service-messages",),
    )
)

registry.excuse(Question, because="what the office asks every applicant for a vacancy; no person is in it")


@registry.holds(ApplicationDraft)
class ApplicationDraftData(PersonalData):
    title = _("Applications you have not sent")
    activity = DRAFTS
    keep = KeepFor(days=DRAFT_DAYS, since="edited_at", source="N32")
    source = _("filled in by you, and not sent")
    order = "started_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "vacancy": NotPersonal("key of the page of the vacancy"),
        "vacancy_reference": Field(Category.APPLICATION),
        "vacancy_title": Field(Category.APPLICATION),
        "full_name": Field(Category.NAME),
        "email": Field(Category.EMAIL),
        "phone": Field(Category.PHONE),
        "links": Field(Category.SOCIAL),
        "message": Field(Category.APPLICATION),
        "answers": Field(Category.APPLICATION),
        "language": Field(Category.LANGUAGE),
        "started_at": Field(Category.APPLICATION, scope=OBSERVED),
        "edited_at": Field(Category.APPLICATION, scope=OBSERVED),
        "ended_at": Field(Category.APPLICATION, scope=OBSERVED),
    }

    @classmethod
    def label(cls, row):
        return row.vacancy_title


@registry.holds(DraftFile)
class DraftFileData(PersonalData):
    title = _("Files of applications you have not sent")
    subject = "draft__subject"
    activity = DRAFTS
    keep = KeepWith("draft", source="N32")
    source = _("uploaded by you")
    files = ("file",)
    fields = {
        "id": KEY,
        "draft": KEY,
        "file": NotPersonal("key of the stored file"),
        "kind": Field(Category.UPLOAD),
        "added_at": Field(Category.UPLOAD, scope=OBSERVED),
    }


@registry.holds(Answer)
class AnswerData(PersonalData):
    title = _("What you answered in an application")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("given to us by you in the application form")
    order = "order"
    fields = {
        "id": KEY,
        "application": KEY,
        "question": NotPersonal("key of the question"),
        "order": NotPersonal("the place of the question in the form"),
        "question_text": NotPersonal("the question as it was asked", shown=True),
        "text": Field(Category.APPLICATION),
    }

    @classmethod
    def label(cls, row):
        return row.question_text
