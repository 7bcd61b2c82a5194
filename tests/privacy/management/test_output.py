"""WHO, --as-of, one document, and refusals in a sentence: what all commands of the engine share."""

import base64
import io
from argparse import ArgumentTypeError
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from privacy import registry, vault
from privacy.actions import FilesRemain, claim_subject, open_account, seal_trail
from privacy.actions.erasure import StillThere, UnderWay
from privacy.declare import Category, Field
from privacy.management.output import PortalCommand, moment
from privacy.management.output import person as person_of
from privacy.models import SubjectIdentifier
from privacy.rules.deadlines import OSLO
from tests.toy.factories import guest, person
from tests.toy.models import Guest

ADDRESS = "kari@gjest.example"
ANOTHER_KEY = base64.b64encode(b"another key of thirty-two bytes.").decode()


class Says(PortalCommand):
    """A command that says what it was given."""

    def work(self, **options):
        self.show({"name": "Åse", "at": options.get("as_of")}, text="Åse was here.")


class SaysWhen(Says):
    timed = True


def said_by(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


# One document


def test_a_command_says_the_same_in_words_or_as_one_document():
    assert said_by(Says()) == "Åse was here.\n"
    assert said_by(Says(), "--format", "json") == '{"name": "Åse", "at": null}\n'


def test_a_timed_command_takes_now_when_it_is_told_nothing(frozen_day):
    frozen_day("2026-03-02")
    assert str(timezone.now()) in said_by(SaysWhen(), "--format", "json")
    assert "2026-01-05 00:00:00+01:00" in said_by(SaysWhen(), "--format", "json", "--as-of", "2026-01-05")
    with pytest.raises(CommandError, match="--as-of"):
        said_by(Says(), "--as-of", "2026-01-05")


def test_a_command_must_say_what_it_does():
    with pytest.raises(NotImplementedError):
        call_command(PortalCommand())


@pytest.mark.parametrize(
    "problem",
    [
        vault.WrongKey(),
        vault.Damaged(),
        vault.KeyDestroyed(),
        ImproperlyConfigured("FIELD_KEYS is empty."),
        FilesRemain(1, 2),
        StillThere("Something was written."),
        UnderWay("The worker has it."),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_what_stops_a_command_becomes_its_sentence(problem):
    class Stops(PortalCommand):
        def work(self, **options):
            raise problem

    with pytest.raises(CommandError) as refusal:
        call_command(Stops())
    assert str(refusal.value) == str(problem) and refusal.value.returncode == 1


def test_a_mistake_of_ours_is_not_hidden():
    class Breaks(PortalCommand):
        def work(self, **options):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        call_command(Breaks())


@pytest.mark.parametrize("command", ["privacy_find", "privacy_copy", "privacy_erase", "privacy_verify"])
def test_a_key_that_is_not_the_one_is_a_sentence_and_changes_nothing(
    command, kari, settings, run, everything, tmp_path
):
    seal_trail()
    options = {
        "privacy_find": ["Kari"],
        "privacy_copy": [kari.subject.pk, "--output", tmp_path / "copy.zip"],
        "privacy_erase": [ADDRESS, "--yes"],
        "privacy_verify": [],
    }
    before = everything()
    settings.FIELD_KEYS = [ANOTHER_KEY]
    ended = run(command, *options[command], "--format", "json")
    assert ended.is_refused() and "FIELD_KEYS" in ended.err and ANOTHER_KEY not in ended.err
    assert ended.out == "" and everything() == before and list(tmp_path.iterdir()) == []


def test_unusable_keys_are_named_by_their_place_only(kari, settings, run):
    settings.FIELD_KEYS = ["c2hvcnQ="]
    ended = run("privacy_erase", ADDRESS, "--dry-run")
    assert ended.is_refused() and "key number 1" in ended.err and "c2hvcnQ" not in ended.err


# --as-of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=OSLO)),
        ("2026-3-2", datetime(2026, 3, 2, tzinfo=OSLO)),
        ("2026-03-02T08:00", datetime(2026, 3, 2, 8, tzinfo=OSLO)),
        ("2026-07-02 08:00:30", datetime(2026, 7, 2, 8, 0, 30, tzinfo=OSLO)),
        ("2026-03-02T08:00Z", datetime(2026, 3, 2, 8, tzinfo=UTC)),
        ("1584-01-01", datetime(1584, 1, 1, tzinfo=OSLO)),
        ("4098-12-31T23:59", datetime(4098, 12, 31, 23, 59, tzinfo=OSLO)),
    ],
)
def test_a_moment_without_an_offset_is_oslo_time(text, expected):
    found = moment(text)
    assert found == expected and found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize("text", ["", "soon", "02.03.2026", "2026-02-30", "2026-02-30T08:00", "2026-13-01", "25:00"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="2026-03-02T08:00"):
        moment(text)


@pytest.mark.parametrize("text", ["0001-01-01", "1583-12-31T23:59", "4099-01-01", "9999-12-31"])
def test_a_moment_that_cannot_be_counted_from_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="1584 to 4098"):
        moment(text)


@pytest.mark.parametrize("command", ["privacy_retention", "privacy_erase"])
@pytest.mark.parametrize("text", ["soon", "0001-01-01", "9999-12-31"])
def test_a_bad_moment_is_a_mistake_of_use(kari, run, everything, command, text):
    before = everything()
    who = [ADDRESS, "--yes"] if command == "privacy_erase" else []
    ended = run(command, *who, "--as-of", text)
    assert ended.is_refused(2) and "--as-of" in ended.err and ended.out == ""
    assert everything() == before


@pytest.mark.parametrize("day", ["1584-01-01", "4098-12-31"])
def test_the_first_and_the_last_year_can_be_counted_from(kari, run, day):
    assert run("privacy_erase", ADDRESS, "--dry-run", "--as-of", day).code == 0
    assert run("privacy_retention", "--dry-run", "--as-of", day).code == 0


# WHO


def test_a_person_is_known_by_key(kari, ola):
    for spelling in (str(kari.subject.pk), kari.subject.pk.hex, str(kari.subject.pk).upper()):
        assert person_of(spelling) == kari.subject


def test_a_record_that_was_claimed_leads_to_its_person(db):
    proved, stray = person(), person(verified=True)
    claim_subject(proved, claimed=stray, by=None)
    assert person_of(str(stray.pk)) == person_of(str(proved.pk)) == person_of(ADDRESS) == proved


@pytest.mark.parametrize("spelling", [ADDRESS, f" {ADDRESS.upper()} "])
@pytest.mark.parametrize("verified", [True, False])
def test_a_person_is_known_by_address(ola, spelling, verified):
    subject = person(verified=verified)
    assert person_of(spelling) == subject


def test_an_account_decides(db):
    other, owner = person(verified=False), person(verified=False)
    open_account(owner, email=ADDRESS, by=None)
    assert other != owner and person_of(ADDRESS.upper()) == owner


def test_an_address_that_stands_in_a_row_only_is_enough(kari, ola):
    guest(kari.subject, email="Kari.Work@gjest.example")
    assert person_of("kari.work@gjest.example") == kari.subject


def test_a_row_adds_to_who_is_known_unless_one_has_proved_it(kari, ola):
    Guest.objects.filter(pk=ola.guest.pk).update(email=ADDRESS)
    assert person_of(ADDRESS) == kari.subject
    SubjectIdentifier.objects.filter(subject=kari.subject).update(verified_at=None)
    with pytest.raises(CommandError, match="Several persons"):
        person_of(ADDRESS)


def test_an_address_is_the_persons_own_or_does_not_count(kari, monkeypatch):
    fields = registry.declaration_of(Guest).fields
    monkeypatch.setitem(fields, "door_code", Field(Category.EMAIL, secret=True))
    monkeypatch.setitem(fields, "next_of_kin", Field(Category.EMAIL, third_person=True))
    monkeypatch.setitem(fields, "phone", Field(Category.EMAIL))
    strange = {name: f"{name}@gjest.example" for name in ("door_code", "next_of_kin", "phone")}
    guest(kari.subject, email="own@gjest.example", **strange)
    assert person_of("own@gjest.example") == kari.subject
    for address in strange.values():
        with pytest.raises(CommandError, match="Nobody here"):
            person_of(address)


def test_a_table_that_only_knows_a_hash_is_not_asked(kari, monkeypatch):
    fields = registry.declaration_of("toy.DoorLog").fields
    monkeypatch.setitem(fields, "door", Field(Category.EMAIL))
    type(kari.door).objects.update(door="door@gjest.example")
    with pytest.raises(CommandError, match="Nobody here"):
        person_of("door@gjest.example")


def test_several_unproved_persons_are_named_by_key_the_oldest_first(ola):
    first, second = person(verified=False), person(verified=False)
    with pytest.raises(CommandError, match="Several persons") as refusal:
        person_of(ADDRESS)
    sentence = str(refusal.value)
    assert refusal.value.returncode == 1 and ADDRESS not in sentence and str(ola.subject.pk) not in sentence
    assert 0 < sentence.index(str(first.pk)) < sentence.index(str(second.pk))
    assert person_of(str(second.pk)) == second


@pytest.mark.parametrize("who", ["nobody@gjest.example", "@", "978fcea3-3119-4144-9bcb-500d9c3d2844"])
def test_an_unknown_person_is_refused(ola, who):
    with pytest.raises(CommandError, match="Nobody here") as refusal:
        person_of(who)
    assert refusal.value.returncode == 1 and who not in str(refusal.value)


@pytest.mark.parametrize("who", ["", "Kari", "12345", "00000000-0000-4000-8000-00000000000"])
def test_what_is_neither_address_nor_key_is_a_mistake_of_use(kari, who):
    with pytest.raises(CommandError, match="e-mail address or a subject UUID") as refusal:
        person_of(who)
    assert refusal.value.returncode == 2 and (not who or who not in str(refusal.value))
