"""An application as other systems read it: JSON Resume 1.0.0, with what that has no word for under ``meta`` (L15)."""

from __future__ import annotations

from careers.models import (
    Answer,
    Application,
    ApplicationDraft,
    ApplicationFile,
    Assessment,
    DraftFile,
    Finding,
    HireQuestion,
    Interview,
    Judgement,
    Note,
    PoolMail,
    Referee,
    RefusalLine,
    StageEvent,
    TalentPoolEntry,
)
from privacy import registry

RESUME_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
# Kept apart in what a hiring team thinks of somebody: Art 15 gives it out, Art 20 does not (L15).
HANGS_ON_AN_APPLICATION = {
    "stages": StageEvent,
    "notes": Note,
    "interviews": Interview,
    "referees": Referee,
    "closedOff": Finding,
    "questionsAboutWhoWasHired": HireQuestion,
    "refusalsToSeveral": RefusalLine,
}


@registry.documents("applications")
def applications(about):
    """applications/<key>/: application.json, resume.json and the files that came with it."""
    for chunk in about.chunks(Application):
        for row, record in chunk:
            folder, files = f"applications/{row.pk}", list(about.rows(ApplicationFile, application=[row.pk]))
            yield f"{folder}/application.json", _application(about, row, record, files)
            yield f"{folder}/resume.json", _resume(row, record)
            for attached, _record in files:
                yield f"{folder}/files/{attached.file_id}", attached.file


@registry.documents("application-drafts")
def drafts(about):
    """applications/drafts/<key>/: what was filled in and not sent, and the files that were chosen for it."""
    for row, record in about.rows(ApplicationDraft):
        folder, files = f"applications/drafts/{row.pk}", list(about.rows(DraftFile, draft=[row.pk]))
        sent = [{"id": str(attached.file_id), **_values(inner)} for attached, inner in files]
        yield f"{folder}/draft.json", {"id": record.key, **_values(record), "files": sent}
        for attached, _record in files:
            yield f"{folder}/files/{attached.file_id}", attached.file


@registry.documents("talent-pool")
def talent_pool(about):
    """applications/talent-pool.json: what was agreed about other vacancies, and which ones we wrote about."""
    if about.of(TalentPoolEntry) is not None:
        yield "applications/talent-pool.json", (_agreed(about, *each) for each in about.rows(TalentPoolEntry))


def _agreed(about, row, record) -> dict:
    written = [_values(inner) for _row, inner in about.rows(PoolMail, entry=[row.pk])]
    return {**_values(record), "writtenTo": written}


def _application(about, row, record, files) -> dict:
    hanging = {
        name: [_values(inner) for _row, inner in about.rows(model, application=[row.pk])]
        for name, model in HANGS_ON_AN_APPLICATION.items()
    }
    sent = [{"id": str(attached.file_id), **_values(inner)} for attached, inner in files]
    answers = [_values(inner) for _row, inner in about.rows(Answer, application=[row.pk])]
    judged = [_assessment(about, each, inner) for each, inner in about.rows(Assessment, application=[row.pk])]
    said = {**_values(record), "answers": answers, **hanging, "assessments": judged, "files": sent}
    return {"id": record.key, "stateCode": row.state, **said}


def _assessment(about, row, record) -> dict:
    """One reader's judgements, criterion by criterion; nobody's name, and no number made of them."""
    return {
        **_values(record),
        "judgements": [_values(inner) for _row, inner in about.rows(Judgement, assessment=[row.pk])],
    }


def _resume(row, record) -> dict:
    said = _values(record)
    return {
        "$schema": RESUME_SCHEMA,
        "basics": {
            "name": said["full_name"],
            "email": said["email"],
            "phone": said["phone"] or "",
            "summary": said["message"] or "",
        },
        # What stands in the uploaded files is not taken apart; they lie beside this file as they were sent.
        "work": [],
        "education": [],
        "skills": [],
        "languages": [],
        "references": [],
        "meta": {
            "version": "v1.0.0",
            "lastModified": (row.confirmed_at or row.submitted_at).isoformat(),
            "application": {
                "id": record.key,
                "vacancy": {"reference": said["vacancy_reference"], "title": said["vacancy_title"]},
                "state": row.state,
                "submitted": said["submitted_at"],
                "decided": said["decided_on"],
                "language": said["language"],
                "keptUntil": record.ends.isoformat() if record.ends else None,
            },
        },
    }


def _values(record) -> dict:
    return {value.name: value.value for value in record.values}
