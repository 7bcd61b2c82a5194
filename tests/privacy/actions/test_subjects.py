from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from cn_portal.accounts.models import User
from privacy import vault
from privacy.actions import (
    NotYours,
    add_identifier,
    claim_subject,
    confirm_identity,
    drop_identifiers,
    is_confirmed,
    open_account,
    prove_mailbox,
    register_subject,
)
from privacy.actions.subjects import claimable_by
from privacy.models import SubjectIdentifier, TrailEntry
from privacy.queries import subject_of
from tests.toy.factories import person

MAIL = "kari@gjest.example"


def noted():
    return list(TrailEntry.objects.order_by("pk").values_list("action", flat=True))


def test_an_address_that_is_typed_makes_a_new_person_each_time(db):
    first, second = person(MAIL), person(MAIL)
    assert first != second and first.proved_as is None
    assert not register_subject(role="guest", by=None).identifiers.exists()
    identifier = first.identifiers.get()
    assert identifier.index == vault.blind_index("email", MAIL) and identifier.verified_at is not None
    assert str(first) == f"Person {str(first.pk)[:8]}" and str(identifier).startswith("Identifier ")
    assert MAIL not in str(SubjectIdentifier.objects.values().first())


def test_the_same_address_again_only_adds_the_proof(db):
    subject = person(MAIL, verified=False)
    assert subject.identifiers.get().verified_at is None
    prove_mailbox(subject, email=MAIL.upper(), by=None)
    proved = subject.identifiers.get().verified_at
    add_identifier(subject, email=MAIL, verified=True, by=None)
    assert subject.identifiers.get().verified_at == proved is not None
    assert noted() == ["subject.registered", "subject.mailbox_proved"]


def test_addresses_that_are_no_longer_ones_own_are_forgotten(kari, ola):
    add_identifier(kari.subject, email="new@gjest.example", by=None)
    drop_identifiers(kari.subject, except_email="new@gjest.example", by=None)
    assert [row.index for row in kari.subject.identifiers.all()] == [vault.blind_index("email", "new@gjest.example")]
    assert ola.subject.identifiers.count() == 1


def test_a_record_that_proved_the_same_mailbox_is_joined_by_its_person(kari):
    other = person(MAIL)
    assert list(claimable_by(kari.subject)) == [other]
    claim_subject(kari.subject, claimed=other, by=None)
    other.refresh_from_db()
    assert other.proved_as == other.person == kari.subject
    assert kari.subject.group() == other.group() == [kari.subject.pk, other.pk]
    assert not claimable_by(kari.subject).exists()


@pytest.mark.parametrize("obstacle", ["not proved", "another address", "has an account", "is erased", "has claims"])
def test_what_is_not_proved_on_both_sides_is_not_joined(kari, obstacle):
    other = person("x@gjest.example" if obstacle == "another address" else MAIL, verified=obstacle != "not proved")
    if obstacle == "has an account":
        User.objects.create_user("y@gjest.example", subject=other)
    if obstacle == "is erased":
        other.state = "erased"
        other.save()
    if obstacle == "has claims":
        third = person(MAIL)
        claim_subject(other, claimed=third, by=None)
    with pytest.raises(NotYours, match="nothing was joined"):
        claim_subject(kari.subject, claimed=other, by=None)
    other.refresh_from_db()
    assert other.proved_as is None


def test_an_account_is_opened_for_the_person(kari):
    user = open_account(kari.subject, email=MAIL, by=None)
    assert subject_of(user) == kari.subject and open_account(kari.subject, email=MAIL, by=None) == user


def test_identity_is_proved_for_five_minutes():
    request = SimpleNamespace(session={})
    assert not is_confirmed(request)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        confirm_identity(request)
        start = timezone.now()
        clock.move_to(start + timedelta(seconds=300))
        assert is_confirmed(request)
        clock.move_to(start + timedelta(seconds=301))
        assert not is_confirmed(request)
        clock.move_to(start - timedelta(seconds=1))
        assert not is_confirmed(request)
