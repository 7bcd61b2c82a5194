from datetime import date

from django.utils import timezone

from privacy.actions import give_consent, place_hold, plan_erasure, withdraw_consent
from privacy.actions.consent_proofs import note_consent_ends
from privacy.models import LegalHold
from privacy.planning import last_day
from privacy.registry import declaration_of
from privacy.rules.erasure import is_nothing, status_after
from tests.toy.models import Bill

DAY = date(2026, 3, 1)


def hold(kari, record, until, law="tvisteloven"):
    values = {"ground": "claim", "law": law, "reason": "a dispute", "until": until, "by": None}
    return place_hold(record, subject=kari.subject, **values)


def test_held_rows_are_listed_by_reason_soonest_first(kari):
    more = [Bill.objects.create(subject=kari.subject, issued_on=DAY, buyer_name="x") for _ in range(2)]
    hold(kari, kari.bill, None)
    for each in more:
        hold(kari, each, date(2027, 1, 1))
    items = [item for item in plan_erasure(kari.subject, day=DAY).items if item.model == "toy.Bill"]
    assert [(item.action, item.count, item.until) for item in items] == [
        ("restrict", 2, date(2027, 1, 1)),
        ("restrict", 1, None),
    ]
    assert items[0].as_json() == {
        "model": "toy.Bill",
        "count": 2,
        "action": "restrict",
        "reason": "a dispute",
        "law": "tvisteloven",
        "until": "2027-01-01",
    }


def test_a_plan_says_whether_it_is_partial_done_or_nothing(kari):
    plan = plan_erasure(kari.subject)
    assert status_after(plan) == "done" and not is_nothing(plan, already_erased=True)
    hold(kari, kari.bill, None)
    assert status_after(plan_erasure(kari.subject)) == "partial"


def test_proof_is_kept_until_the_last_day_of_its_newest_row(kari, wording, frozen_day):
    frozen_day("2026-01-31")
    event = give_consent(kari.subject, text=wording, method="form", by=None)
    item = next(each for each in plan_erasure(kari.subject).items if each.model == "privacy.ConsentEvent")
    # The yes still stands: its three years begin with the erasure that ends it.
    assert (item.action, item.until) == ("keep", date(2029, 1, 31)) and item.law and item.reason
    declaration = declaration_of("privacy.ConsentEvent")
    assert last_day(declaration, [event.pk]) is None
    assert last_day(declaration, [event.pk], erased_on=date(2027, 3, 1)) == date(2030, 3, 1)
    withdraw_consent(kari.subject, purpose="toy-stays", method="my-data", by=None)
    note_consent_ends(as_of=timezone.now())
    assert last_day(declaration, [event.pk], erased_on=date(2027, 3, 1)) == date(2029, 1, 31)


def test_one_row_without_an_end_leaves_all_without_one(kari):
    declaration = declaration_of(LegalHold)
    ended, open_ended = hold(kari, kari.bill, date(2026, 12, 31)), hold(kari, kari.guest, None)
    assert last_day(declaration, [ended.pk]) == date(2029, 12, 31)
    assert last_day(declaration, [ended.pk, open_ended.pk]) is None
    assert last_day(declaration_of("privacy.StoredFile"), [1]) is None
