import pytest

from privacy.actions import carry_out, files, request_erasure
from privacy.models import DataSubject, Erasure, ErasureLedger
from tests.toy.factories import guest, guest_file, rows_of_person
from tests.toy.models import Guest


@pytest.fixture
def replay(run):
    def run_it():
        return run("privacy_replay_erasures", "--format", "json")

    return run_it


def erase(someone):
    carry_out(request_erasure(someone.subject, cause="request", by=None))


def come_back(someone):
    """What a restore of an older main database does: the person is there again and no erasure is remembered."""
    Erasure.objects.all().delete()
    DataSubject.objects.filter(pk=someone.subject.pk).update(state="active", roles=["guest"])
    someone.subject.refresh_from_db()
    return guest(someone.subject)


def test_nothing_in_the_ledger_is_nothing_to_do(replay, kari, everything):
    before = everything()
    ended = replay()
    assert (ended.code, ended.document, ended.err) == (0, {"replayed": 0, "already": 0}, "")
    assert everything() == before


def test_an_empty_database_has_nothing_to_replay(replay, db):
    assert replay().document == {"replayed": 0, "already": 0}


def test_who_came_back_goes_again_and_a_neighbour_stays(replay, run, kari, ola):
    neighbour = rows_of_person(ola.subject)
    erase(kari)
    come_back(kari)
    assert Guest.objects.filter(subject=kari.subject).exists()
    assert replay().document == {"replayed": 1, "already": 0}
    assert list(Guest.objects.all()) == [ola.guest] and rows_of_person(ola.subject) == neighbour
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased"
    assert replay().document == {"replayed": 0, "already": 1}
    assert run("privacy_replay_erasures").out == "0 replayed, 1 were gone already.\n"


def test_counts_tell_who_came_back_from_who_did_not(replay, kari, ola):
    erase(kari), erase(ola)
    ErasureLedger.objects.create(subject="00000000-0000-4000-8000-000000000000", cause="request")
    come_back(ola)
    # Kari's erasure is forgotten as well, but she is erased.
    assert replay().document == {"replayed": 1, "already": 2}


def test_a_storage_that_keeps_an_object_is_a_sentence_and_the_next_call_goes_on(replay, kari, monkeypatch):
    erase(kari)
    guest_file(come_back(kari))
    with monkeypatch.context() as patched:
        patched.setattr(files, "erase_object", lambda name: False)
        ended = replay()
    assert ended.is_refused() and ended.out == "" and Guest.objects.exists()
    assert ErasureLedger.objects.get().replayed_at is None
    assert replay().document == {"replayed": 1, "already": 0} and not Guest.objects.exists()
