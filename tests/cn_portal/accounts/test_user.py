"""The account itself: one address, one person."""

import pytest
from django.db import IntegrityError, transaction

from cn_portal.accounts.models import AddressTaken, User, normalise_email
from privacy.models import DataSubject


def test_an_address_is_stored_and_found_in_one_spelling(db):
    user = User.objects.create_user("  Kari.Nordmann@KUNDE.example ")
    assert user.email == "kari.nordmann@kunde.example"
    assert User.objects.get_by_natural_key("KARI.nordmann@Kunde.Example") == user
    assert normalise_email("ÅSE@kunde.example") == normalise_email("Åse@kunde.example")


def test_two_spellings_of_one_address_cannot_have_two_accounts(kari):
    with pytest.raises(AddressTaken):
        User.objects.create_user("KARI@kunde.example")


def test_the_database_refuses_the_second_account_too(kari, ola):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ola.pk).update(email="kari@kunde.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ola.pk).update(email="KARI@kunde.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ola.pk).update(language="xx")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ola.pk).update(email="")


def test_a_new_account_makes_a_person_and_says_nothing_of_them(kari):
    assert kari.subject.roles == ["account"]
    assert kari.subject.identifiers.get().verified_at is not None
    assert str(kari) == f"User {str(kari.pk)[:8]}"
    assert kari.get_full_name() == "" and kari.get_short_name() == ""


def test_an_unverified_account_has_an_unverified_address(db):
    user = User.objects.create_user("per@kunde.example")
    assert user.subject.identifiers.get().verified_at is None
    assert not user.has_usable_password()


def test_an_account_needs_an_address(db):
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user(" ")
    assert DataSubject.objects.count() == 0


def test_a_superuser_is_staff(db):
    boss = User.objects.create_superuser("boss@cn.example", "x" * 15)
    assert boss.is_staff and boss.is_superuser and boss.may_enter_admin
    assert boss.subject.roles == ["staff"]


def test_opening_an_account_twice_gives_the_same_one(db):
    subject = DataSubject.objects.create()
    first = User.objects.open_account(subject=subject, email="Per@kunde.example", language="en")
    second = User.objects.open_account(subject=subject, email="per@KUNDE.example", language="nb")
    assert first == second and not first.has_usable_password() and first.language == "en"


def test_opening_an_account_over_somebody_elses_address_is_refused(kari):
    subject = DataSubject.objects.create()
    with pytest.raises(AddressTaken):
        User.objects.open_account(subject=subject, email="kari@kunde.example", language="nb")
    assert User.objects.count() == 1


def test_a_person_with_an_account_gets_no_second_one(kari):
    with pytest.raises(AddressTaken):
        User.objects.open_account(subject=kari.subject, email="other@kunde.example", language="nb")


def test_clean_stores_the_one_spelling(kari):
    kari.email = "KARI@KUNDE.EXAMPLE"
    kari.clean()
    assert kari.email == "kari@kunde.example"
