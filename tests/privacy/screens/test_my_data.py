"""The page itself: everything of the one who is signed in, nothing of anybody else, and no row changed by looking."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from privacy import actions
from privacy.models import ConsentState, DataSubject, SubjectIdentifier
from privacy.screens import sections

PAGES = (
    "/my-data/",
    "/my-data/?by=kind",
    "/my-data/copy/",
    "/my-data/copy/?for=portability",
    "/my-data/correct/",
    "/my-data/pause/",
    "/my-data/object/",
    "/my-data/no-machine/",
    "/my-data/requests/",
    "/my-data/erase/",
    "/my-data/erased/",
)


def digest_of_everything():
    """One digest per table. The session's own row is left out: reading a page moves its last use."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            if table != "accounts_accountsession":
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(repr(row) for row in cursor.fetchall())
                found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found


def test_own_rows_are_shown_and_a_neighbours_never(kari, ola, sign_in):
    page = sign_in(kari).get("/my-data/").content.decode()
    assert "Karikanari" in page
    assert "karikanari@kunde.example" in page
    assert "Karikanari.txt" in page
    assert "lakanari" not in page


def test_signed_out_people_are_sent_to_sign_in(db):
    for path in (*PAGES[:-1], "/my-data/requests/SR-2026-000001/"):
        answer = Client().get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith("/account/sign-in/?next=/my-data/"), path
        assert "no-store" in answer.headers["Cache-Control"], path


def test_no_page_is_kept_by_anything_between(kari, sign_in):
    client = sign_in(kari)
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "private, no-store", path


def test_looking_changes_no_row(kari, sign_in, agree):
    agree(kari)
    copy = actions.request_copy(kari.subject, by=kari)
    client = sign_in(kari)
    case = actions.open_request(kari.subject, right="objection", activity="accounts", by=kari)
    before = digest_of_everything()
    own = (f"copy/{copy.pk}/", f"correct/accounts.user/{kari.pk}/", f"record/accounts.user/{kari.pk}/")
    for path in (*PAGES, *(f"/my-data/{each}" for each in (*own, f"requests/{case.number}/"))):
        assert client.get(path).status_code == 200, path
        assert client.head(path).status_code == 200, path
    assert digest_of_everything() == before


def test_a_change_would_have_been_seen(kari):
    before = digest_of_everything()
    actions.note("planted", by=None)
    assert digest_of_everything() != before


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_page_only_shows(method, kari, sign_in):
    assert getattr(sign_in(kari), method)("/my-data/").status_code == 405


def test_the_page_is_bokmal_or_english_as_chosen(kari, sign_in):
    norwegian = sign_in(kari).get("/my-data/").content.decode()
    english = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Samtykkene" not in english
    assert "Slett opplysningene mine" in norwegian and "Delete my data" in english
    assert 'lang="nb"' in norwegian and 'lang="en"' in english


def test_every_choice_and_the_complaint_are_in_sight(kari, sign_in, agree):
    agree(kari)
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    for part in (
        'href="/my-data/copy/"',
        'href="/my-data/erase/"',
        f'href="/my-data/correct/accounts.user/{kari.pk}/"',
        'action="/my-data/consents/withdraw/newsletter-test/"',
        'href="https://www.datatilsynet.no/"',
        "Postboks 458 Sentrum, 0105 Oslo",
    ):
        assert part in page


def test_each_record_says_until_when_and_why(kari, sign_in, frozen_day):
    frozen_day("2026-03-12")
    type(kari).objects.filter(pk=kari.pk).update(active_at=timezone.now())
    english = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Kept until 12 March 2028, because the rule is: 24 months after" in english
    assert "We have a legitimate interest (GDPR Art 6(1)(f))" in english
    assert "Beholdes til 12. mars 2028" in sign_in(kari).get("/my-data/").content.decode()


def test_a_hold_is_shown_with_its_law_and_day(kari, sign_in, today):
    actions.place_hold(
        kari,
        subject=kari.subject,
        ground="claim",
        law="foreldelsesloven § 2",
        until=today + timedelta(days=2000),
        by=kari,
        reason="a claim is being settled",
    )
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "because a claim is being settled (foreldelsesloven § 2)." in page
    assert "must stay" in page


def test_a_hold_without_a_day_says_for_now(kari, sign_in):
    actions.place_hold(
        kari, subject=kari.subject, ground="claim", law="foreldelsesloven § 2", until=None, by=kari, reason="a claim."
    )
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Stays for now because a claim (foreldelsesloven § 2)." in page


def test_a_hand_over_is_shown_with_partner_facts_purpose_and_basis(kari, ola, sign_in, bring):
    payload = {"first_name": "Karikanari", "email": kari.email}
    actions.log_disclosure(kari.subject, recipient=bring, payload=payload, activity="accounts", by=kari, about=kari)
    actions.log_disclosure(
        kari.subject, recipient=bring, payload={"email": kari.email}, activity="accounts", by=kari, direction="received"
    )
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Shared with <strong>Postbudet AS</strong>: e-mail address, first name." in page
    assert "Received from <strong>Postbudet AS</strong>: e-mail address." in page
    assert "For: Your account. Basis: our legitimate interest." in page
    assert "2 times" in page
    other = sign_in(ola, language="en").get("/my-data/").content.decode()
    assert "Postbudet" not in other
    assert "Nobody outside this company has received anything about you." in other


def test_what_is_withheld_is_named_with_the_reason(kari, sign_in):
    kari.set_password("en lang setning om sandblåsing")
    kari.save()
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Held in a form nobody can read; not shown." in page
    assert kari.password not in page


def test_a_colleague_sees_how_often_they_acted_and_on_what_kind_of_thing(make_person, sign_in):
    user = make_person("Stafkanari", is_staff=True)
    from crm.actions import create_contact

    facts = {"ground": "prospect", "source_channel": "phone", "collected_on": timezone.localdate()}
    create_contact(full_name="Noen Andre", by=user, **facts)
    page = sign_in(user, language="en").get("/my-data/").content.decode()
    assert "What you have done as a colleague" in page
    assert "contacts: 1" in page
    assert "Noen Andre" not in page


def test_an_erasure_under_way_is_said_on_top(kari, sign_in):
    client = sign_in(kari, language="en")
    assert "Your data is being deleted" not in client.get("/my-data/").content.decode()
    erasure = actions.request_erasure(kari.subject, cause="staff", by=None)
    page = client.get("/my-data/").content.decode()
    assert f"Erasure number {str(erasure.pk)[:8]}." in page


@pytest.mark.parametrize("kind", ["sign-ins", "trail", "consents"])
def test_thirty_rows_cost_as_many_queries_as_one(kind, kari, sign_in, agree, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    def add(number):
        if kind == "sign-ins":
            from cn_portal.accounts.models import SignInEvent

            SignInEvent.objects.create(user=kari, address_key="", how="password", ok=True)
        elif kind == "trail":
            actions.note("contact.updated", subject=kari.subject, record=kari, fields=["email"], by=kari)
        else:
            agree(kari, about=str(number))

    client = sign_in(kari)
    add(0)
    client.get("/my-data/")
    with CaptureQueriesContext(connection) as one:
        client.get("/my-data/")
    for number in range(1, 30):
        add(number)
    with CaptureQueriesContext(connection) as thirty:
        client.get("/my-data/")
    assert len(thirty) == len(one)


def test_files_cost_no_query_each(kari, sign_in):
    from io import BytesIO

    from django.test.utils import CaptureQueriesContext

    client = sign_in(kari)
    client.get("/my-data/")
    with CaptureQueriesContext(connection) as one:
        client.get("/my-data/")
    for number in range(8):
        actions.store_file(
            kari.subject, stream=BytesIO(b"x"), display_name=f"fil-{number}.txt", media_type="text/plain", by=kari
        )
    with CaptureQueriesContext(connection) as nine:
        page = client.get("/my-data/")
    assert len(nine) == len(one)
    assert b"fil-7.txt" in page.content


def test_long_bookkeeping_is_cut_and_says_so(kari, sign_in):
    for number in range(sections.MOST_ROWS + 5):
        actions.note(f"planted.{number:03}", subject=kari.subject, by=None)
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert f"The {sections.MOST_ROWS} newest of " in page
    assert f"planted.{sections.MOST_ROWS + 4:03}" in page
    assert "planted.000" not in page


def test_a_record_of_the_same_mailbox_can_be_claimed(kari, ola, sign_in):
    earlier = actions.register_subject(role="enquirer", email=kari.email, verified=True, by=None)
    client = sign_in(kari, language="en")
    assert "As somebody who asked us something, since" in client.get("/my-data/").content.decode()
    assert sign_in(ola).post(f"/my-data/claims/{earlier.pk}/").status_code == 404
    answer = client.post(f"/my-data/claims/{earlier.pk}/", follow=True)
    assert "Now it is on your page" in answer.content.decode()
    earlier.refresh_from_db()
    assert earlier.proved_as == kari.subject
    assert client.post(f"/my-data/claims/{earlier.pk}/").status_code == 404


def test_a_typed_address_is_not_offered_for_a_claim(kari, sign_in):
    stranger = actions.register_subject(role="enquirer", email=kari.email, verified=False, by=None)
    client = sign_in(kari, language="en")
    assert "Was this you?" not in client.get("/my-data/").content.decode()
    assert client.post(f"/my-data/claims/{stranger.pk}/").status_code == 404
    assert client.get(f"/my-data/claims/{stranger.pk}/").status_code == 405
    assert SubjectIdentifier.objects.filter(subject=stranger, verified_at__isnull=True).exists()
    assert DataSubject.objects.get(pk=stranger.pk).proved_as is None


def test_a_consent_shows_its_exact_wording_and_its_days(kari, sign_in, agree, frozen_day):
    frozen_day("2026-03-12")
    agree(kari)
    page = sign_in(kari, language="en").get("/my-data/").content.decode()
    assert "Ja, dere kan bruke dette." in page
    assert "Since 12 March 2026, valid until 12 March 2027. Trekk det på siden din." in " ".join(page.split())
    assert ConsentState.objects.get(subject=kari.subject).state == "given"
