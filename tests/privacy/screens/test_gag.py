"""What an authority keeps from a person: on no page and in no copy until its day, and then on all of them (T24)."""

import io
import zipfile
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from privacy.actions import authority_bundles, authority_cases, build_copy
from privacy.actions.gate_cases import today
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import AuthorityCase, Disclosure
from privacy.reach import rows_of
from privacy.registry import declaration_of
from tests.privacy.actions import gating

WORDS = ("Oslo tingrett", "AC-", "authority-requests", "Demands of authorities")


@pytest.fixture
def manager(make_person):
    user = make_person("Lederkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


def everywhere(client, person, moment):
    """{where: text} of every place a person reads what is held about them."""
    pages = ["my-data", "erase", "copies", "requests"]
    found = {name: client.get(reverse(f"privacy:{name}"), follow=True).text for name in pages}
    found["kinds"] = client.get(reverse("privacy:my-data"), {"by": "kind"}).text
    bag = b"".join(build_copy(person.subject, language="en", as_of=moment))
    with zipfile.ZipFile(io.BytesIO(bag)) as archive:
        found |= {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    return found


def seen(places):
    return {(where, word) for where, text in places.items() for word in WORDS if word in text}


def test_nothing_tells_of_a_demand_until_the_day_has_passed(sign_in, officer, manager, kari, ola):
    gag = today() + timedelta(days=30)
    gating.handed_over(officer, manager, kari.subject, gag_until=gag, categories=("name", "email", "login"))
    assert Disclosure.objects.get().hidden_until == gag
    for day, is_told in ((today(), False), (gag, False), (gag + timedelta(days=1), True)):
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            found = seen(everywhere(sign_in(kari, language="en"), kari, moment))
            others = seen(everywhere(sign_in(ola, language="en"), ola, moment))
        assert others == set()
        if not is_told:
            assert found == set(), day
    places = {where for where, _word in found}
    assert "my-data" in places and "data/disclosures.json" in places and "erase" in places


def test_without_a_date_the_person_sees_it_at_once_and_before_the_decision_nothing(sign_in, officer, manager, kari):
    case = gating.approved(officer, manager, kari.subject)
    moment = datetime.combine(today(), time(12), tzinfo=UTC)
    assert seen(everywhere(sign_in(kari, language="en"), kari, moment)) == set()
    authority_bundles.hand_over(case, by=officer)
    assert "Oslo tingrett" in sign_in(kari, language="en").get(reverse("privacy:my-data")).text


def test_a_refused_demand_is_told_without_data_unless_it_is_kept(officer, kari):
    open_one, kept = gating.draft(officer, kari.subject), gating.draft(officer, kari.subject)
    authority_cases.refuse_authority_case(open_one, code="no_order", reason="x", by=officer)
    authority_cases.refuse_authority_case(kept, code="no_order", reason="x", gag_until=today(), by=officer)
    mine = rows_of(declaration_of(AuthorityCase), [kari.subject_id])
    assert [row.pk for row in mine] == [open_one.pk]
    assert not Disclosure.objects.exists()
