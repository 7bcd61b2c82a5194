from privacy.actions import give_consent, seal_trail
from privacy.models import ConsentState, TrailCheckpoint


def test_all_is_well_in_an_empty_database_and_in_a_full_one(run, kari, wording):
    for prepare in (lambda: None, lambda: give_consent(kari.subject, text=wording, method="form", by=None), seal_trail):
        prepare()
        ended = run("privacy_verify", "--format", "json")
        assert (ended.code, ended.document, ended.err) == (0, {"ok": True, "problems": []}, "")
    assert run("privacy_verify").out == "Everything verifies.\n"


def test_an_empty_database_verifies(run, db):
    assert run("privacy_verify", "--format", "json").document == {"ok": True, "problems": []}


def test_every_problem_is_named_and_the_exit_status_tells(run, kari, wording, everything):
    give_consent(kari.subject, text=wording, method="form", by=None)
    seal_trail()
    state = ConsentState.objects.get()
    ConsentState.objects.update(state="withdrawn")
    TrailCheckpoint.objects.update(digest="0" * 64)
    before = everything()
    ended = run("privacy_verify", "--format", "json")
    assert ended.is_refused() and "3 problem(s)" in ended.err and set(ended.document) == {"ok", "problems"}
    assert ended.document["ok"] is False
    checkpoint, outside, consent = ended.document["problems"]
    assert outside == "Checkpoint 1 is not the one that was written outside the databases."
    assert checkpoint.startswith("Checkpoint 1 ") and consent == f"Consent {state.pk} does not follow from its events."
    assert everything() == before


def test_words_name_them_one_to_a_line(run, kari, wording):
    give_consent(kari.subject, text=wording, method="form", by=None)
    state = ConsentState.objects.get()
    ConsentState.objects.update(state="withdrawn")
    ended = run("privacy_verify")
    assert ended.is_refused() and ended.out == f"Consent {state.pk} does not follow from its events.\n"
    assert "1 problem(s)" in ended.err
