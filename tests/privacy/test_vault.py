import base64
import io
import pickle
import secrets
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from privacy import vault
from privacy.models import DataSubject, PersonKey, ServiceKey
from privacy.vault import keyring, people, rotation, streams

AAD = b"crm_contact/1/notes"
OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()
KEY = bytes(range(32))


@pytest.fixture
def kari(db):
    return DataSubject.objects.create()


@pytest.fixture
def ola(db):
    return DataSubject.objects.create()


def sealed_for(subject, text=b"secret", compartment="main"):
    return vault.seal(text, subject_id=subject.pk, compartment=compartment, aad=AAD)


def opened_for(subject, sealed, compartment="main", aad=AAD):
    return vault.unseal(sealed, subject_id=subject.pk, compartment=compartment, aad=aad)


# People's keys


def test_what_is_sealed_opens_again_and_shows_nothing(kari):
    sealed = sealed_for(kari)
    assert b"secret" not in sealed
    assert opened_for(kari, sealed) == b"secret"


def test_the_same_value_is_sealed_differently_each_time(kari):
    assert sealed_for(kari) != sealed_for(kari)
    assert PersonKey.objects.filter(subject=kari).count() == 1


def test_each_compartment_has_its_own_key(kari):
    sealed = sealed_for(kari, compartment="kept")
    sealed_for(kari)
    assert opened_for(kari, sealed, compartment="kept") == b"secret"
    with pytest.raises(vault.Damaged):
        opened_for(kari, sealed, compartment="main")


def test_another_place_or_another_person_does_not_open_it(kari, ola):
    sealed = sealed_for(kari)
    sealed_for(ola)
    with pytest.raises(vault.Damaged):
        opened_for(kari, sealed, aad=b"crm_contact/2/notes")
    with pytest.raises(vault.Damaged):
        opened_for(ola, sealed)


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_one_flipped_bit_is_noticed(kari, place):
    broken = bytearray(sealed_for(kari))
    broken[place] ^= 1
    with pytest.raises(vault.Damaged) as problem:
        opened_for(kari, bytes(broken))
    assert "secret" not in str(problem.value) and str(problem.value).endswith(".")


@pytest.mark.parametrize("length", [0, 1, 5, 20])
def test_bytes_cut_short_are_damaged(kari, length):
    sealed = sealed_for(kari)
    with pytest.raises(vault.Damaged):
        opened_for(kari, sealed[:length])


def test_destroying_one_persons_key_leaves_the_neighbours(kari, ola):
    of_kari, kept, of_ola = sealed_for(kari), sealed_for(kari, compartment="kept"), sealed_for(ola)
    assert vault.destroy_keys([kari.pk], ["main"]) == 1
    with pytest.raises(vault.KeyDestroyed):
        opened_for(kari, of_kari)
    assert opened_for(kari, kept, compartment="kept") == b"secret"
    assert opened_for(ola, of_ola) == b"secret"
    assert vault.destroy_keys([kari.pk], ["main"]) == 0


def test_where_no_compartment_or_nobody_is_named_no_key_is_destroyed(kari):
    sealed = sealed_for(kari)
    assert vault.destroy_keys([kari.pk], []) == 0
    assert vault.destroy_keys([], ["main", "kept"]) == 0
    assert opened_for(kari, sealed) == b"secret"


def test_keys_are_destroyed_in_chunks(kari, ola, monkeypatch):
    monkeypatch.setattr(people, "CHUNK", 1)
    sealed_for(kari), sealed_for(ola)
    assert vault.destroy_keys([kari.pk, ola.pk, kari.pk], ["main", "kept"]) == 2


@pytest.mark.parametrize("state", ["erasing", "erased"])
def test_nothing_new_is_sealed_for_someone_erased(kari, state):
    DataSubject.objects.filter(pk=kari.pk).update(state=state)
    with pytest.raises(vault.KeyDestroyed, match="erased"):
        sealed_for(kari)
    assert opened_for(kari, sealed_for(kari, compartment="kept"), compartment="kept") == b"secret"
    assert set(PersonKey.objects.values_list("compartment", flat=True)) == {"kept"}


def test_of_two_first_seals_at_once_the_faster_key_wins(kari):
    slow = vault.KeyChest()
    slow.fetch([kari.pk])
    first = sealed_for(kari)
    second = vault.seal(b"later", subject_id=kari.pk, compartment="main", aad=AAD, chest=slow)
    assert opened_for(kari, first) == b"secret" and opened_for(kari, second) == b"later"


def test_a_swapped_key_row_is_refused(kari, ola):
    sealed = sealed_for(kari)
    sealed_for(ola)
    stolen = PersonKey.objects.get(subject=ola)
    PersonKey.objects.filter(subject=kari).update(wrapped=stolen.wrapped)
    with pytest.raises(vault.Damaged):
        opened_for(kari, sealed)


def test_a_chest_is_never_pickled_with_its_keys(kari):
    chest = vault.KeyChest()
    chest.key_to_seal(kari.pk, "main")
    packed = pickle.dumps(chest)
    assert bytes(PersonKey.objects.get().wrapped) not in packed
    assert len(packed) < 100 and isinstance(pickle.loads(packed), vault.KeyChest)  # noqa: S301


def test_the_data_key_is_made_only_to_seal(kari):
    with pytest.raises(vault.KeyDestroyed):
        vault.data_key(subject_id=kari.pk, compartment="main")
    made = vault.data_key(subject_id=kari.pk, compartment="main", to_seal=True)
    assert len(made) == 32 and vault.data_key(subject_id=kari.pk, compartment="main") == made


def test_gone_is_an_empty_false_text_and_always_the_same_one():
    import copy

    assert vault.GONE == "" and not vault.GONE and vault.is_gone(vault.GONE) and not vault.is_gone("")
    assert all(make(vault.GONE) is vault.GONE for make in (copy.copy, copy.deepcopy))
    assert pickle.loads(pickle.dumps(vault.GONE)) is vault.GONE  # noqa: S301


# Key-encryption keys


def test_key_rows_are_called_by_their_own_key_and_use(kari):
    vault.data_key(subject_id=kari.pk, compartment="main", to_seal=True), vault.index_key()
    row = PersonKey.objects.get()
    assert (str(row), str(ServiceKey.objects.get())) == (f"Person's key {str(row.pk)[:8]}", "Service key blind-index")


def test_the_database_holds_no_key_in_the_clear(kari):
    key = vault.data_key(subject_id=kari.pk, compartment="main", to_seal=True)
    assert key not in bytes(PersonKey.objects.get().wrapped)
    assert vault.index_key() not in bytes(ServiceKey.objects.get().wrapped)


@pytest.mark.parametrize("keys", [[], ["short"], [NEW, "not base64 at all!"], [base64.b64encode(b"x" * 31).decode()]])
def test_unusable_field_keys_are_named_by_place_and_never_by_value(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS") as problem:
        keyring.ring()
    assert not any(key in str(problem.value) for key in keys)
    assert vault.check_keys() == [str(problem.value)]


def test_without_the_old_key_a_value_says_which_key_is_missing(kari, settings):
    settings.FIELD_KEYS = [OLD]
    sealed = sealed_for(kari)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(vault.WrongKey, match="FIELD_KEYS"):
        opened_for(kari, sealed)
    settings.FIELD_KEYS = [NEW, OLD]
    assert opened_for(kari, sealed) == b"secret"


# Rotation


@pytest.fixture
def five_old_keys(db, settings):
    """Five people with a value each and a service key, all under the old key; both keys are set."""
    settings.FIELD_KEYS = [OLD]
    subjects = [DataSubject.objects.create() for _ in range(5)]
    sealed = {subject: sealed_for(subject) for subject in subjects}
    vault.index_key()
    settings.FIELD_KEYS = [NEW, OLD]
    return sealed


@pytest.mark.parametrize("batch", [1, 2, 5, 100])
def test_rotation_wraps_every_key_anew_and_opens_the_same_values(five_old_keys, settings, batch):
    index = vault.blind_index("email", "kari@kunde.example")
    assert vault.rotate_keys(batch=batch) == {"rewrapped": 6, "unreadable": 0, "remaining": 0}
    settings.FIELD_KEYS = [NEW]
    assert {opened_for(subject, sealed) for subject, sealed in five_old_keys.items()} == {b"secret"}
    assert vault.blind_index("email", "kari@kunde.example") == index
    assert vault.check_keys() == []
    assert vault.rotate_keys() == {"rewrapped": 0, "unreadable": 0, "remaining": 0}


def test_a_killed_rotation_is_continued_where_it_stopped(five_old_keys, settings, monkeypatch):
    rewrap, done = rotation._rewrap, []

    def killed_at_the_fourth(row, aad, keys):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(row.pk)
        return rewrap(row, aad, keys)

    monkeypatch.setattr(rotation, "_rewrap", killed_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        vault.rotate_keys(batch=2)
    assert PersonKey.objects.filter(kek_id=keyring.ring().newest).count() == 2
    assert {opened_for(subject, sealed) for subject, sealed in five_old_keys.items()} == {b"secret"}
    monkeypatch.setattr(rotation, "_rewrap", rewrap)
    assert vault.rotate_keys(batch=2) == {"rewrapped": 4, "unreadable": 0, "remaining": 0}


def test_rotation_leaves_what_it_cannot_open(five_old_keys):
    broken = PersonKey.objects.first()
    PersonKey.objects.filter(pk=broken.pk).update(wrapped=b"\x01" + b"x" * 60)
    assert vault.rotate_keys(batch=2) == {"rewrapped": 5, "unreadable": 1, "remaining": 1}
    assert bytes(PersonKey.objects.get(pk=broken.pk).wrapped) == b"\x01" + b"x" * 60


# The check at the start


def test_keys_that_fit_have_no_complaint(five_old_keys):
    assert vault.check_keys() == []


def test_a_missing_key_encryption_key_is_named_with_what_to_do(five_old_keys, settings):
    settings.FIELD_KEYS = [NEW]
    sentences = vault.check_keys()
    assert len(sentences) == 2
    assert all("FIELD_KEYS" in line and "privacy_rotate_keys" in line for line in sentences)


def test_a_damaged_key_row_is_reported(five_old_keys):
    PersonKey.objects.update(wrapped=b"\x01" + b"x" * 60)
    (sentence,) = vault.check_keys()
    assert "damaged" in sentence


def test_a_start_that_could_read_nothing_is_refused_with_every_reason(five_old_keys, settings):
    assert vault.require_keys() is None
    settings.FIELD_KEYS = [NEW]
    sentences = vault.check_keys()
    with pytest.raises(ImproperlyConfigured) as problem:
        vault.require_keys()
    assert len(sentences) == 2 and str(problem.value) == " ".join(sentences)


def test_a_database_that_is_not_set_up_yet_misses_no_keys(five_old_keys, settings, monkeypatch):
    def no_table():
        raise DatabaseError("no such table")

    settings.FIELD_KEYS = [NEW]
    with pytest.raises(ImproperlyConfigured):
        vault.require_keys()
    monkeypatch.setattr(rotation, "check_keys", no_table)
    assert vault.require_keys() is None


# Keys of the house


@pytest.mark.parametrize("other", [" Kari@Kunde.EXAMPLE ", "ＫＡＲＩ@kunde.example", "kari@kunde.example\n"])
def test_spellings_of_one_address_have_one_index(db, other):
    assert vault.blind_index("email", other) == vault.blind_index("email", "kari@kunde.example")


def test_other_values_and_other_kinds_have_another_index(db):
    index = vault.blind_index("email", "kari@kunde.example")
    assert len(index) == 64 and set(index) <= set("0123456789abcdef")
    assert index not in {
        vault.blind_index("email", "ola@kunde.example"),
        vault.blind_index("phone", "kari@kunde.example"),
    }


def test_the_index_key_is_made_once(db):
    assert vault.index_key() == vault.index_key() and len(vault.index_key()) == 32
    assert ServiceKey.objects.count() == 1


def test_the_index_key_is_that_of_the_database_and_not_of_the_process(db):
    first = vault.index_key()
    ServiceKey.objects.all().delete()
    assert vault.index_key() != first


def test_a_service_opens_only_its_own(db):
    sealed = vault.seal_for_service("mail", b"kari@kunde.example", aad=b"to")
    assert b"kunde" not in sealed
    assert vault.open_for_service("mail", memoryview(sealed), aad=b"to") == b"kari@kunde.example"
    for name, aad in (("mail", b"context"), ("other", b"to")):
        with pytest.raises(vault.Damaged):
            vault.open_for_service(name, sealed, aad=aad)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = vault.normalise(text)
    assert vault.normalise(once) == once


# Streams

SIZES = [0, 1, streams.CHUNK_BYTES - 1, streams.CHUNK_BYTES, streams.CHUNK_BYTES + 1, 3 * streams.CHUNK_BYTES]


class Dribble(io.BytesIO):
    """A source that gives less than it is asked for, as sockets do."""

    def read(self, size=-1):
        return super().read(max(1, size // 3) if size > 0 else size)


def sealed_stream(data, aad=b"file"):
    return b"".join(vault.seal_stream(io.BytesIO(data), key=KEY, aad=aad))


def opened_stream(sealed, aad=b"file", key=KEY):
    return b"".join(vault.open_stream(io.BytesIO(sealed), key=key, aad=aad))


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_of_any_size_opens_again(size):
    data = secrets.token_bytes(size)
    sealed = sealed_stream(data)
    assert opened_stream(sealed) == data
    pieces = max(1, -(-size // streams.CHUNK_BYTES))
    assert len(sealed) == streams.HEAD_BYTES + size + pieces * streams.TAG_BYTES


def test_sources_that_give_little_at_a_time_make_the_same_chunks():
    data = secrets.token_bytes(2 * streams.CHUNK_BYTES + 7)
    sealed = b"".join(vault.seal_stream(Dribble(data), key=KEY))
    assert len(sealed) == len(sealed_stream(data))
    assert b"".join(vault.open_stream(Dribble(sealed), key=KEY)) == data


def test_two_streams_of_one_file_share_nothing():
    first, second = sealed_stream(b"a" * 100), sealed_stream(b"a" * 100)
    assert first[24:] != second[24:]


def _chunks(sealed):
    size = streams.CHUNK_BYTES + streams.TAG_BYTES
    body = sealed[streams.HEAD_BYTES :]
    return sealed[: streams.HEAD_BYTES], [body[start : start + size] for start in range(0, len(body), size)]


HEAD, (ONE, TWO, THREE) = _chunks(sealed_stream(secrets.token_bytes(2 * streams.CHUNK_BYTES + 100)))


@pytest.mark.parametrize(
    "tampered",
    [
        pytest.param(HEAD + ONE + TWO, id="last chunk missing"),
        pytest.param(HEAD + ONE, id="two chunks missing"),
        pytest.param(HEAD, id="all chunks missing"),
        pytest.param(HEAD[:10], id="half a head"),
        pytest.param(b"", id="nothing"),
        pytest.param(HEAD + ONE + TWO + THREE[:-1], id="a byte missing"),
        pytest.param(HEAD + ONE + TWO + THREE + b"x", id="a byte added"),
        pytest.param(HEAD + ONE + TWO + THREE + THREE, id="a chunk added"),
        pytest.param(HEAD + TWO + ONE + THREE, id="chunks swapped"),
        pytest.param(HEAD + ONE + ONE + THREE, id="chunk repeated"),
        pytest.param(b"\x02" + HEAD[1:] + ONE + TWO + THREE, id="other version"),
        pytest.param(HEAD[:1] + b"\x00" + HEAD[2:] + ONE + TWO + THREE, id="other salt"),
    ],
)
def test_a_stream_that_was_touched_is_damaged(tampered):
    assert opened_stream(HEAD + ONE + TWO + THREE)
    with pytest.raises(vault.Damaged):
        opened_stream(tampered)


def test_one_flipped_bit_in_each_of_200_streams_is_noticed():
    sealed = sealed_stream(secrets.token_bytes(500))
    for _ in range(200):
        broken = bytearray(sealed)
        broken[secrets.randbelow(len(broken))] ^= 1 << secrets.randbelow(8)
        with pytest.raises(vault.Damaged):
            opened_stream(bytes(broken))


def test_another_file_or_key_does_not_open_a_stream():
    sealed = sealed_stream(b"CV")
    with pytest.raises(vault.Damaged):
        opened_stream(sealed, aad=b"other file")
    with pytest.raises(vault.Damaged):
        opened_stream(sealed, key=KEY[::-1])


class Endless:
    """Zeros without end in no memory; counts how far it was read."""

    def __init__(self, size):
        self.left = self.size = size

    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)


def test_memory_does_not_grow_with_the_stream():
    import tracemalloc

    tracemalloc.start()
    total = sum(len(piece) for piece in vault.seal_stream(Endless(40 * 1024 * 1024), key=KEY))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 40 * 1024 * 1024
    assert peak < 1024 * 1024


@given(st.binary(max_size=300_000).filter(len), st.lists(st.integers(1, 200_000), max_size=6))
def test_a_reader_gives_exactly_what_is_asked_for(data, sizes):
    reader = vault.PlainReader(io.BytesIO(sealed_stream(data)), key=KEY, aad=b"file")
    plain = io.BytesIO(data)
    assert [reader.read(size) for size in sizes] == [plain.read(size) for size in sizes]
    assert reader.read() == plain.read()
    assert reader.read(5) == b""


def test_a_reader_iterates_and_closes_its_source():
    source = io.BytesIO(sealed_stream(b"x" * (streams.CHUNK_BYTES + 1)))
    with vault.PlainReader(source, key=KEY, aad=b"file") as reader:
        assert [len(piece) for piece in reader] == [streams.CHUNK_BYTES, 1]
    assert source.closed


def test_unknown_people_have_no_key_and_cost_one_query(db, django_assert_num_queries):
    chest, stranger = vault.KeyChest(), uuid.uuid4()
    with django_assert_num_queries(1):
        for compartment in ("main", "kept"):
            with pytest.raises(vault.KeyDestroyed):
                chest.key(stranger, compartment)
