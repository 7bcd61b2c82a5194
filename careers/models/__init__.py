from careers.models.answer import Answer
from careers.models.application import Application, ApplicationFile, Note, StageEvent, State, Step
from careers.models.assessment import Abstention, Assessment, Criterion, Judgement
from careers.models.decision_record import DecisionRecord, HireQuestion
from careers.models.draft import ApplicationDraft, DraftFile
from careers.models.finding import Finding
from careers.models.hiring import Hiring
from careers.models.interview import Interview, InterviewSlot
from careers.models.pages import CareersIndexPage, VacancyPage
from careers.models.pool import PoolMail, TalentPoolEntry
from careers.models.preview import ApplicationFilePreview
from careers.models.question import Question
from careers.models.referee import Referee, RefereeNote
from careers.models.refusals import BulkRefusal, RefusalLine
from careers.models.registration import GuardianCheck, HandRegistration
from careers.models.share import VacancyShare

__all__ = [
    "Abstention",
    "Assessment",
    "Criterion",
    "DecisionRecord",
    "HireQuestion",
    "Judgement",
    "Answer",
    "Application",
    "ApplicationDraft",
    "ApplicationFile",
    "ApplicationFilePreview",
    "BulkRefusal",
    "CareersIndexPage",
    "Finding",
    "GuardianCheck",
    "HandRegistration",
    "DraftFile",
    "Hiring",
    "Interview",
    "InterviewSlot",
    "Note",
    "Referee",
    "RefereeNote",
    "RefusalLine",
    "PoolMail",
    "Question",
    "StageEvent",
    "State",
    "Step",
    "TalentPoolEntry",
    "VacancyPage",
    "VacancyShare",
]
