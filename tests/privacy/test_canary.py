"""One person with a string of its own in every declared text, file and file name, of every class of every app."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from crm.rules import ACCOUNTING_LAW
from privacy import registry
from privacy.actions import build_copy, place_hold, run_jobs
from privacy.actions.mail import cancel_mail
from privacy.declare import Field
from privacy.fields import SealedField
from privacy.queries import find_text
from tests.privacy.canaries import MADE_BY_ACTS, Aviary, declared_places
from tests.toy.factories import rows_of_person
from tests.toy.models import Bill
from tests.toy.personal_data import LAW

UNTIL = date(2040, 12, 31)
LAW_AND_DATE = re.compile(r"(bokføring.* § 13|GDPR Art 5\(2\), 17\(3\)\(e\)): \d{4}-\d\d-\d\d", re.IGNORECASE)


@pytest.fixture
def bird(db):
    return Aviary("crow").fill()


@pytest.fixture
def neighbour(db):
    return Aviary("wren").fill()


def copy_of(bird):
    return b"".join(build_copy(bird.subject, language="nb", as_of=datetime(2026, 2, 3, 4, tzinfo=UTC)))


def everything_in(bag):
    with zipfile.ZipFile(io.BytesIO(bag)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def places_of(text):
    return {hit.place: hit.kept_because for hit in find_text(text, now=timezone.now())}


def erase(bird, *arguments):
    out = io.StringIO()
    call_command("privacy_erase", str(bird.subject.pk), "--yes", "--format", "json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_every_declared_text_has_its_own_canary(bird):
    sung = {canary.place for canary in bird.canaries}
    silent = set()
    for declaration in registry.declarations():
        for name, what in declaration.fields_of(Field).items():
            column, place = declaration.model._meta.get_field(name), f"{declaration.name()}.{name}"
            is_text = column.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField", "BinaryField")
            if is_text and not column.choices and place not in sung and declaration.name() not in MADE_BY_ACTS:
                silent.add((place, what.secret))
    # Left over are hashes that must lead to the person, keys, and columns the database allows two letters only.
    assert {place for place, secret in silent if not secret} <= {
        "accounts.User.language",
        "careers.Application.language",
        "careers.ApplicationDraft.language",
        "crm.Contact.language",
        "crm.Delivery.country",
        "crm.Invoice.currency",
        "privacy.Copy.language",
        "privacy.FollowerProof.language",
        "privacy.MailboxProof.language",
        "privacy.NoticeFollower.language",
        # A code that a case is projected from.
        "privacy.RequestEvent.kind",
        "privacy.SubjectRequest.language",
        "wagtailusers.UserProfile.current_time_zone",
    }
    assert len(bird.canaries) > 60 and len({canary.text for canary in bird.canaries}) == len(bird.canaries)
    assert sung & declared_places()


def test_each_is_found_where_it_was_put(bird):
    # All of them begin alike, so one search finds them all; the places tell them apart.
    found = set(places_of("crow"))
    assert {canary.place for canary in bird.canaries if _place_of(canary) not in found} == set()


def _place_of(canary):
    """Where a search must find it."""
    if "of its file" in canary.place:
        is_name = "name" in canary.place
        return "default:privacy_storedfile.display_name (sealed)" if is_name else "files of people (opened)"
    if canary.place.startswith("privacy.OutgoingMail"):
        return "queued mail"
    model, _dot, name = canary.place.rpartition(".")
    column = registry.declaration_of(model).model._meta.get_field(name)
    sealed = " (sealed)" if isinstance(column, SealedField) else ""
    return f"default:{column.model._meta.db_table}.{column.column}{sealed}"


def test_all_that_may_be_shown_is_in_the_copy_and_nothing_else(bird, neighbour):
    contents = everything_in(copy_of(bird))
    everything = "\n".join(contents.values())
    missing = [canary.place for canary in bird.canaries if canary.in_copy and canary.text not in everything]
    told = [canary.place for canary in bird.canaries if not canary.in_copy and canary.text in everything]
    assert (missing, told) == ([], [])
    assert "wren" not in everything
    assert not any("crow" in name for name in contents)


def test_after_an_erasure_nothing_is_left_but_declared_keeps_with_law_and_date(bird, neighbour):
    for model, law in ((Bill, LAW), ("crm.Invoice", ACCOUNTING_LAW)):
        record = registry.declaration_of(model).model._base_manager.get(subject=bird.subject)
        hold = {"ground": "statutory", "law": law, "reason": "the bookkeeping law", "until": UNTIL, "by": None}
        place_hold(record, subject=bird.subject, **hold)
    cancel_mail(subjects=neighbour.subject.group())
    rows, copy = rows_of_person(neighbour.subject), copy_of(neighbour)
    assert all(rows[declaration.name()] for declaration in registry.declarations() if _is_built(declaration))

    planned = erase(bird, "--dry-run")
    done = erase(bird)
    assert (planned["status"], done["status"]) == ("planned", "partial")
    assert done["items"] == planned["items"]
    assert done["files"] == planned["files"] == 6
    run_jobs()

    left = places_of("crow")
    assert set(left) <= {_place_of(canary) for canary in bird.canaries if _may_stay(canary.place)}
    undated = {place: because for place, because in left.items() if not LAW_AND_DATE.match(because)}
    # What stops a use has no last day: it stands for as long as somebody might write to the address again (L16).
    assert set(undated) == {
        "default:privacy_objection.activity",
        "default:privacy_objection.reason_code",
        "default:privacy_suppression.source",
    }
    assert all(because.startswith("GDPR Art 5(2), 17(3)(e)") for because in undated.values())
    assert "default:toy_bill.buyer_name (sealed)" in left and "default:toy_bill.note" not in left
    assert places_of(bird.email) == {}

    assert erase(bird)["status"] == "nothing"
    assert rows_of_person(neighbour.subject) == rows and copy_of(neighbour) == copy


def _is_built(declaration):
    # It is written without a name, and so nobody's.
    return declaration.name() not in {*MADE_BY_ACTS, "careers.DecisionRecord"}


def _may_stay(place):
    """Fields of proof, and fields a law keeps."""
    if "of its file" in place:
        return False
    model, _dot, name = place.rpartition(".")
    declaration = registry.declaration_of(model)
    if declaration.evidence:
        return True
    return bool(declaration.statutory) and declaration.fields[name].on_erase.value == "keep"
