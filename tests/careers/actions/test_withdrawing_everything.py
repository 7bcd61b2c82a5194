"""One step for the whole search: what careers holds goes, what others hold stays, the page goes when all is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions
from careers.models import Application, ApplicationDraft, TalentPoolEntry
from cn_portal.accounts.models import User
from privacy import actions as engine
from privacy.models import ConsentEvent, DataSubject, Erasure
from tests.careers import factories, reading
from tests.crm import factories as customers


def draft_of(subject, vacancy):
    return ApplicationDraft.objects.create(
        subject=subject,
        vacancy=vacancy,
        vacancy_reference=vacancy.reference,
        vacancy_title=vacancy.title,
        full_name="Ingrid Prøve",
        email="ingrid@soker.example",
    )


@pytest.fixture
def ingrid(db):
    return factories.make_user("ingrid@soker.example")


@pytest.fixture
def search(ingrid, vacancy):
    """Two applications, a draft and the talent pool of one person, and a neighbour with the same."""
    neighbour = factories.make_user("nabo@soker.example")
    for user in (neighbour, ingrid):
        application = factories.submit(vacancy, user=user, pool=True, cv=False)
        factories.submit(factories.make_vacancy(), user=user, cv=False)
        draft_of(user.subject, vacancy)
    return application


def left(user):
    return [
        model.objects.filter(subject=user.subject_id).count()
        for model in (Application, ApplicationDraft, TalentPoolEntry)
    ]


def test_everything_of_the_search_goes_and_the_page_with_it(search, ingrid, drain):
    assert left(ingrid) == [2, 1, 1]
    actions.withdraw_everything(search, by=ingrid)
    drain()
    assert left(ingrid) == [0, 0, 0] and not User.objects.filter(pk=ingrid.pk).exists()
    assert DataSubject.objects.get(pk=ingrid.subject_id).state == "erased"
    neighbour = User.objects.get(email="nabo@soker.example")
    assert left(neighbour) == [2, 1, 1] and neighbour.subject.state == "active"
    proof = ConsentEvent.objects.filter(subject=ingrid.subject_id, kind="withdrawn")
    assert sorted(proof.values_list("purpose", flat=True)) == ["recruitment", "recruitment", "talent-pool"]


def test_only_this_application_leaves_all_the_rest(search, ingrid, drain):
    actions.withdraw_application(search, by=ingrid)
    drain()
    assert left(ingrid) == [1, 1, 1] and User.objects.filter(pk=ingrid.pk).exists()


def test_twice_changes_nothing_more(search, ingrid):
    actions.withdraw_everything(search, by=ingrid)
    before = ConsentEvent.objects.count(), Erasure.objects.count(), len(reading.mails("withdrawn"))
    actions.withdraw_everything(search, by=ingrid)
    assert (ConsentEvent.objects.count(), Erasure.objects.count(), len(reading.mails("withdrawn"))) == before


def test_a_customers_rows_and_page_stay_as_they_were(search, ingrid, drain):
    """T31: the person may be a customer as well; those rows are nothing of careers."""
    contact = customers.contact(full_name="Ingrid Kunde", email="")
    engine.prove_mailbox(contact.subject, email="ingrid@soker.example", by=None)
    engine.claim_subject(ingrid.subject, claimed=contact.subject, by=ingrid)
    before = reading.row_of(contact)
    actions.withdraw_everything(search, by=ingrid)
    drain()
    assert left(ingrid) == [0, 0, 0] and User.objects.filter(pk=ingrid.pk).exists()
    assert reading.row_of(contact) == before and DataSubject.objects.get(pk=ingrid.subject_id).state == "active"


def test_another_consent_keeps_the_page(search, ingrid, drain):
    from privacy.models import ConsentText

    text = engine.publish_text(
        purpose="newsletter", language="nb", wording="Ja.", how_to_withdraw="Ett trykk.", valid_months=24, by=None
    )
    assert isinstance(text, ConsentText)
    engine.give_consent(ingrid.subject, text=text, method="form", by=ingrid)
    actions.withdraw_everything(search, by=ingrid)
    drain()
    assert left(ingrid) == [0, 0, 0] and User.objects.filter(pk=ingrid.pk).exists()


def test_whoever_works_here_keeps_the_account(vacancy, drain):
    colleague = factories.make_user("kollega@cn.example", is_staff=True)
    actions.withdraw_everything(factories.submit(vacancy, user=colleague, cv=False), by=colleague)
    drain()
    assert left(colleague) == [0, 0, 0] and User.objects.filter(pk=colleague.pk).exists()


def test_a_mailed_link_reaches_only_what_was_sent_under_the_same_record(search, ingrid, vacancy, drain):
    """Two people may share a mailbox: a link from one application opens nothing the person has joined to it since."""
    sent = factories.submit(factories.make_vacancy(), email="ingrid@soker.example", pool=True, cv=False)
    engine.prove_mailbox(sent.subject, email="ingrid@soker.example", by=None)
    engine.claim_subject(ingrid.subject, claimed=sent.subject, by=ingrid)
    actions.withdraw_everything(Application.objects.get(pk=sent.pk), by=None)
    drain()
    assert not Application.objects.filter(pk=sent.pk).exists()
    assert left(ingrid)[:2] == [2, 1] and User.objects.filter(pk=ingrid.pk).exists()


def test_signed_in_as_the_person_everything_joined_to_them_goes(search, ingrid, drain):
    sent = factories.submit(factories.make_vacancy(), email="ingrid@soker.example", cv=False)
    engine.prove_mailbox(sent.subject, email="ingrid@soker.example", by=None)
    engine.claim_subject(ingrid.subject, claimed=sent.subject, by=ingrid)
    actions.withdraw_everything(Application.objects.get(pk=sent.pk), by=ingrid)
    drain()
    assert left(ingrid) == [0, 0, 0] and not Application.objects.filter(pk=sent.pk).exists()


def test_by_a_link_without_an_account_the_person_goes_with_the_last_thing(vacancy, drain):
    sent = factories.submit(vacancy, pool=True, cv=False)
    actions.withdraw_everything(sent, by=None)
    drain()
    assert left(sent) == [0, 0, 0] and DataSubject.objects.get(pk=sent.subject_id).state == "erased"


def test_an_application_whose_consent_has_run_out_can_still_be_taken_back(vacancy, frozen_day, drain):
    """A long process: the yes to be considered lasts a year, and the night that ends it may be late."""
    sent = factories.submit(vacancy, cv=False)
    frozen_day((timezone.localdate() + timedelta(days=366)).isoformat())
    sent.subject.consents.filter(purpose="recruitment").update(state="expired")
    actions.withdraw_application(sent, by=None)
    drain()
    assert not Application.objects.filter(pk=sent.pk).exists()
