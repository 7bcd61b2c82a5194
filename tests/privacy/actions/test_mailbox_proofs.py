"""A request without an account: the mailbox first, one use of each code, nobody joined by an address, no flood."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import actions, vault
from privacy.actions import mailbox_codes, mailbox_proofs
from privacy.actions.mail import open_mail
from privacy.actions.subjects import claimable_by
from privacy.models import DataSubject, MailboxProof, OutgoingMail, RequestMessage, SubjectRequest, TrailEntry
from privacy.rules.deadlines import oslo_date

EMAIL = "nora.ny@gjest.example"


def start(email=EMAIL, *, right="access", **said):
    return actions.start_proof(right=right, email=email, **{"text": "Hva har dere?", "name": "Nora Ny", **said})


def code_mails():
    return OutgoingMail.objects.filter(template=mailbox_proofs.TEMPLATE).order_by("queued_at", "pk")


def latest_code():
    return open_mail(code_mails().last())[1]["code"]


def finish(email=EMAIL, **said):
    return actions.finish_proof(start(email, **said), code=latest_code())


def wrong(code):
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06d}"


def refused(proof, code):
    try:
        actions.finish_proof(proof, code=code)
    except actions.WrongCode:
        return True
    return False


@pytest.mark.django_db
def test_the_worker_forgets_what_was_typed_when_the_code_is_over_and_not_before():
    proof = MailboxProof.objects.get(pk=start())
    over = proof.created_at + mailbox_codes.LIVES
    actions.run_jobs(now=over - timedelta(seconds=1))
    assert bytes(MailboxProof.objects.get(pk=proof.pk).content_sealed) == bytes(proof.content_sealed) != b""
    actions.run_jobs(now=over)
    assert bytes(MailboxProof.objects.get(pk=proof.pk).content_sealed) == b""


@pytest.mark.django_db
def test_nothing_is_a_person_before_the_code_comes_back():
    people = DataSubject.objects.count()
    proof = start()
    assert DataSubject.objects.count() == people
    assert not SubjectRequest.objects.exists()
    kept = MailboxProof.objects.get(pk=proof)
    assert b"Nora" not in bytes(kept.content_sealed)
    to, context = open_mail(code_mails().get())
    assert to == EMAIL
    assert set(context) == {"code", "minutes", "url"}
    assert context["url"].endswith("/privacy/request/code/")
    assert context["code"].replace(" ", "") not in kept.code_hash


@pytest.mark.django_db
def test_the_code_makes_a_new_person_with_a_proved_mailbox_a_case_and_a_page(kari):
    about_kari = list(kari.subject.identifiers.values_list("pk", flat=True))
    request = finish(right="erasure")
    person = request.subject
    assert (request.right, request.channel, request.identity) == ("erasure", "web", "mailbox")
    assert person.roles == ["requester"]
    assert person.identifiers.get().index == vault.blind_index("email", EMAIL)
    assert person.identifiers.get().verified_at is not None
    assert get_user_model().objects.get(email=EMAIL).subject == person
    typed = request.messages.filter(kind=RequestMessage.Kind.REQUEST).get()
    assert (typed.text, typed.name, typed.email) == ("Hva har dere?", "Nora Ny", EMAIL)
    assert not MailboxProof.objects.exists()
    assert {"subject.registered", "subject.account_opened"} <= set(
        TrailEntry.objects.filter(subject=person.pk).values_list("action", flat=True)
    )
    assert list(kari.subject.identifiers.values_list("pk", flat=True)) == about_kari
    assert not kari.subject.requests.exists()


@pytest.mark.django_db
def test_the_case_counts_from_the_day_the_form_was_sent(frozen_day):
    with time_machine.travel("2026-03-02T22:57:00+00:00", tick=False):
        proof = start()
        code = latest_code()
    with time_machine.travel("2026-03-02T23:03:00+00:00", tick=False):
        request = actions.finish_proof(proof, code=code)
        assert oslo_date(timezone.now()).isoformat() == "2026-03-03"
    assert request.received_on.isoformat() == "2026-03-02"


@pytest.mark.django_db
def test_a_code_is_good_for_ten_minutes_and_not_for_one_second_more():
    sent = timezone.now()
    with time_machine.travel(sent, tick=False):
        first, code = start(), latest_code()
        second, other = start(right="erasure"), latest_code()
    with time_machine.travel(sent + timedelta(minutes=10) - timedelta(seconds=1), tick=False):
        assert actions.finish_proof(first, code=code).right == "access"
    with time_machine.travel(sent + timedelta(minutes=10), tick=False):
        assert refused(second, other)


@pytest.mark.django_db
def test_five_tries_and_no_sixth():
    proof, code = start(), latest_code()
    assert [refused(proof, wrong(code)) for _ in range(4)] == [True] * 4
    assert MailboxProof.objects.get(pk=proof).tries == 4
    other, right = start(), latest_code()
    assert [refused(other, wrong(right)) for _ in range(5)] == [True] * 5
    assert refused(other, right)
    assert actions.finish_proof(proof, code=code).right == "access"


@pytest.mark.django_db
def test_blanks_are_forgiven_and_another_proofs_code_is_not():
    first, code = start(), latest_code()
    start("annen@gjest.example")
    assert refused(first, wrong(code))
    assert refused(first, "")
    assert actions.finish_proof(first, code=f" {code.replace(' ', '-')} ").subject.identifiers.count() == 1
    assert refused(first, code)
    assert refused(uuid4(), code)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_open_one_case():
    proof, code = start(), latest_code()

    def try_it(_turn):
        try:
            return actions.finish_proof(proof, code=code).pk
        except actions.WrongCode:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        opened = [pk for pk in pool.map(try_it, range(50)) if pk]
    assert len(opened) == 1
    assert SubjectRequest.objects.get().pk == opened[0]
    assert get_user_model().objects.filter(email=EMAIL).count() == 1


@pytest.mark.django_db
def test_an_address_with_an_account_stays_its_owners_until_they_say_so(siv):
    roles = list(siv.subject.roles)
    request = finish(siv.email)
    assert request.subject != siv.subject
    assert request.subject.proved_as is None
    assert get_user_model().objects.get(email=siv.email).subject == siv.subject
    assert list(claimable_by(siv.subject)) == [request.subject]
    siv.subject.refresh_from_db()
    assert siv.subject.roles == roles
    assert siv.subject.requests.count() == 0


@pytest.mark.django_db
def test_the_same_mailbox_and_right_go_into_the_open_case():
    first = finish()
    again = finish("  NORA.NY@gjest.example ", text="Og dette.")
    other_right = finish(right="correction")
    assert again == first
    assert {row.text for row in first.messages.filter(kind="request")} == {"Hva har dere?", "Og dette."}
    assert other_right != first
    assert other_right.subject == first.subject
    assert finish("annen@gjest.example").subject != first.subject


@pytest.mark.django_db
@pytest.mark.parametrize("became", ["claimed", "joined others", "more than a requester", "erased"])
def test_whoever_has_become_more_than_that_is_not_found_by_a_mailbox(became, ola):
    first = finish()
    person = first.subject
    if became == "claimed":
        person.proved_as = ola.subject
    elif became == "joined others":
        DataSubject.objects.filter(pk=ola.subject.pk).update(proved_as=person)
    elif became == "more than a requester":
        person.roles = ["applicant", "requester"]
    else:
        person.state = DataSubject.State.ERASED
    person.save()
    again = finish()
    assert again.subject not in (person, ola.subject)
    assert again != first
    assert first.messages.filter(kind="request").count() == 1


@pytest.mark.django_db
def test_known_and_unknown_addresses_cost_the_same(siv):
    start("warm@up.example")

    def cost(email):
        mails = OutgoingMail.objects.count()
        with CaptureQueriesContext(connections["default"]) as queries:
            start(email)
        shapes = [" ".join(query["sql"].split()[:3]) for query in queries if "SAVEPOINT" not in query["sql"]]
        return shapes, OutgoingMail.objects.count() - mails

    known, unknown = cost(siv.email), cost("ukjent@gjest.example")
    assert known == unknown
    assert known[1] == 1
    assert len(known[0]) > 3


@pytest.mark.django_db
def test_a_hundred_requests_for_one_address_are_three_mails(ola):
    proofs = [start() for _ in range(100)]
    assert code_mails().count() == 3
    assert len(set(proofs)) == 100
    assert MailboxProof.objects.count() == 3
    start("annen@gjest.example")
    assert code_mails().count() == 4


@pytest.mark.django_db
def test_three_in_six_hours_and_five_in_a_day():
    began = timezone.now()
    hours = [0, 0, 0, 5.9, 6.1, 6.1, 12.3, 23.9, 24.1]
    sent = []
    for hour in hours:
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            before = code_mails().count()
            start()
            sent.append(code_mails().count() - before)
    assert sent == [1, 1, 1, 0, 1, 1, 0, 0, 1]


@pytest.mark.django_db
def test_a_proved_request_does_not_count_against_its_mailbox():
    for right in ("access", "correction", "restriction", "objection"):
        finish(right=right)
    assert SubjectRequest.objects.count() == 4


@pytest.mark.django_db
def test_a_flood_from_everywhere_fills_no_table(monkeypatch):
    monkeypatch.setattr(mailbox_codes, "IN_ALL", ((4, timedelta(hours=1)),))
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        for number in range(9):
            start(f"person{number}@gjest.example")
        assert (MailboxProof.objects.count(), code_mails().count()) == (4, 4)
    with time_machine.travel(began + timedelta(hours=1), tick=False):
        start("etterpaa@gjest.example")
        assert code_mails().count() == 5


@pytest.mark.django_db
def test_one_visitor_sends_five_in_an_hour_and_the_next_visitor_is_not_held_up():
    for number in range(7):
        start(f"person{number}@gjest.example", visitor="203.0.113.9")
    assert code_mails().count() == 5
    start("nabo@gjest.example", visitor="203.0.113.10")
    assert code_mails().count() == 6


@pytest.mark.django_db
def test_what_was_typed_goes_after_ten_minutes_and_the_row_after_a_day():
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        proof = start()
    at = began + timedelta(minutes=10)
    before = at - timedelta(seconds=1)
    assert actions.expire_proofs(as_of=before) == {"emptied": 0, "deleted": 0}
    assert actions.expire_proofs(as_of=at, dry_run=True) == {"emptied": 1, "deleted": 0}
    assert bytes(MailboxProof.objects.get(pk=proof).content_sealed) != b""
    assert actions.expire_proofs(as_of=at) == {"emptied": 1, "deleted": 0}
    assert bytes(MailboxProof.objects.get(pk=proof).content_sealed) == b""
    day = began + timedelta(days=1)
    assert actions.expire_proofs(as_of=day - timedelta(seconds=1)) == {"emptied": 0, "deleted": 0}
    assert actions.expire_proofs(as_of=day, dry_run=True) == {"emptied": 0, "deleted": 1}
    assert actions.expire_proofs(as_of=day) == {"emptied": 0, "deleted": 1}
    assert not MailboxProof.objects.exists()


def test_the_night_empties_them_before_the_retention_counts_what_is_unusual():
    from privacy import registry

    order = list(registry.daily_jobs())
    assert order.index("privacy.mailbox-proofs") < order.index("privacy.retention")
