"""Confirming the mailbox: once, with a page of one's own where there is none."""

from careers import actions
from cn_portal.accounts.models import User
from tests.careers import factories, reading


def confirmed(application):
    application.refresh_from_db()
    return application.confirmed_at


def test_confirming_proves_the_mailbox_and_opens_an_account(vacancy):
    application = factories.submit(vacancy, email="ingrid@soker.example")
    assert not User.objects.exists()
    actions.confirm_application(application, by=None)
    assert confirmed(application)
    assert application.subject.identifiers.get().verified_at
    account = User.objects.get()
    assert (account.email, account.subject) == ("ingrid@soker.example", application.subject)
    assert not account.has_usable_password() and not account.is_staff


def test_confirming_twice_changes_nothing_more(vacancy):
    application = factories.submit(vacancy)
    actions.confirm_application(application, by=None)
    before, first = reading.acts(application), confirmed(application)
    actions.confirm_application(application, by=None)
    assert confirmed(application) == first and reading.acts(application) == before
    assert User.objects.count() == 1


def test_an_address_with_an_account_keeps_it_and_nothing_is_joined(vacancy):
    owner = factories.make_user("ingrid@soker.example")
    application = factories.submit(vacancy, email="Ingrid@Soker.example")
    actions.confirm_application(application, by=None)
    assert confirmed(application) and User.objects.get() == owner
    application.subject.refresh_from_db()
    assert application.subject != owner.subject and application.subject.proved_as is None


def test_a_person_with_an_account_gets_no_second_one(vacancy):
    user = factories.make_user()
    application = factories.submit(vacancy, user=user, email="annen@soker.example")
    actions.confirm_application(application, by=user)
    assert confirmed(application) and User.objects.get() == user
