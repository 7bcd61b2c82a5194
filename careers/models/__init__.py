from careers.models.application import Application, ApplicationFile, Note, StageEvent, State
from careers.models.hiring import Hiring
from careers.models.pages import CareersIndexPage, VacancyPage
from careers.models.pool import TalentPoolEntry
from careers.models.share import VacancyShare

__all__ = [
    "Application",
    "ApplicationFile",
    "CareersIndexPage",
    "Hiring",
    "Note",
    "StageEvent",
    "State",
    "TalentPoolEntry",
    "VacancyPage",
    "VacancyShare",
]
