"""What an applicant gets in shapes that other systems read."""

import json

from careers import actions
from careers.models import Application
from careers.uploads import check_upload
from tests.careers import factories, steps
from tests.privacy.bags import contents, document


def test_an_application_is_a_resume_with_what_that_has_no_word_for_under_meta(vacancy):
    application = factories.submit(vacancy, name="Ingrid Prøve", email="ingrid@soker.example", phone="+4799999902")
    folder = f"applications/{application.pk}"
    resume = document(application, f"{folder}/resume.json")
    # The top-level names of JSON Resume 1.0.0, and no other.
    assert set(resume) <= {
        "$schema", "basics", "work", "volunteer", "education", "awards", "certificates", "publications", "skills",
        "languages", "interests", "references", "projects", "meta",
    }  # fmt: skip
    assert resume["basics"] == {
        "name": "Ingrid Prøve", "email": "ingrid@soker.example", "phone": "+4799999902",
        "summary": "Jeg har skiftet mange dyser.",
    }  # fmt: skip
    assert resume["meta"]["version"] == "v1.0.0"
    own = resume["meta"]["application"]
    assert own["vacancy"] == {"reference": vacancy.reference, "title": vacancy.title}
    assert (own["state"], own["id"]) == ("submitted", str(application.pk)) and own["keptUntil"]


def test_the_files_lie_with_their_application_and_nowhere_else(vacancy):
    application = factories.submit(vacancy)
    files = contents(application)
    (sent,) = application.files.all()
    assert files[f"data/applications/{application.pk}/files/{sent.file_id}.pdf"] == factories.kept_bytes()
    assert not any(name.startswith("data/uploads/") for name in files)
    (told,) = json.loads(files[f"data/applications/{application.pk}/application.json"])["files"]
    assert told["id"] == str(sent.file_id)


def test_stages_and_notes_are_told_without_the_colleagues_who_wrote_them(vacancy):
    application = factories.submit(vacancy)
    actions.confirm_application(application, by=None)
    colleague = factories.make_staff("HR")
    actions.move_application(application, to="screening", by=colleague, reason="Relevant erfaring")
    actions.add_note(application, text="Virker trygg", by=colleague)
    files = contents(application)
    told = json.loads(files[f"data/applications/{application.pk}/application.json"])
    assert [note["text"] for note in told["notes"]] == ["Virker trygg"]
    assert told["stages"][-1]["reason"] == "Relevant erfaring" and told["stateCode"] == "screening"
    everything = b"".join(files.values())
    assert colleague.email.encode() not in everything and str(colleague.pk).encode() not in everything


def test_somebody_elses_application_is_not_in_it(vacancy):
    first, second = factories.submit(vacancy), factories.submit(vacancy, name="Nabo Nilsen")
    files = contents(first)
    assert [name for name in files if name.endswith("resume.json")] == [f"data/applications/{first.pk}/resume.json"]
    assert "Nabo Nilsen" not in b"".join(files.values()).decode(errors="ignore")
    assert Application.objects.filter(pk=second.pk).exists()


def test_the_talent_pool_has_a_document_of_its_own(vacancy):
    application = factories.submit(vacancy, cv=False, pool=True)
    actions.confirm_application(application, by=None)
    other = factories.make_vacancy()
    shown, hr = actions.preview_pool_letter(other).digest, factories.make_staff(actions.HR)
    actions.write_to_pool(other, entries=application.subject.talent_pool.all(), shown=shown, by=hr)
    (entry,) = document(application, "applications/talent-pool.json")
    assert entry["interest"] == vacancy.title and entry["ends_on"]
    assert [each["vacancy_title"] for each in entry["writtenTo"]] == [other.title]
    assert "talent-pool" in document(factories.submit(vacancy), "export.json")["notHeld"]


def test_answers_are_told_with_their_questions(vacancy):
    question = steps.ask(vacancy)
    draft = steps.draft(vacancy, links="https://example.org/ingrid")
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=None)
    application = steps.submit(draft, vacancy, minor=True)
    told = document(application, f"applications/{application.pk}/application.json")
    assert [(each["question_text"], each["text"]) for each in told["answers"]] == [("Hva kan du?", "Sveise")]
    assert told["links"] == "https://example.org/ingrid"


def test_a_draft_is_in_the_copy_with_its_files(vacancy):
    question = steps.ask(vacancy)
    user = factories.make_user()
    draft = steps.draft(vacancy, user=user, message="Trollholmen")
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=user)
    attached = actions.attach_to_draft(draft, kind="cv", checked=check_upload(factories.upload()), by=user)
    files = contents(draft)
    told = json.loads(files[f"data/applications/drafts/{draft.pk}/draft.json"])
    assert told["message"] == "Trollholmen" and "Sveise" in json.dumps(told["answers"])
    assert f"data/applications/drafts/{draft.pk}/files/{attached.file_id}.pdf" in files
