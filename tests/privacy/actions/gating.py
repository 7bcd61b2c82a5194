"""Demands and deals as far as a test needs them."""

import contextlib
import io
import zipfile
from datetime import timedelta

from privacy.actions import authority_bundles, authority_cases, deal_cases, deal_persons
from privacy.actions.gate_cases import today
from privacy.scans import Scan

PDF = b"%PDF-1.4 order of the court %%EOF"


def scan(content=PDF, name="order.pdf"):
    return Scan(io.BytesIO(content), name, "application/pdf")


def draft(by, *people, categories=("name", "email"), instrument="court_order", paper=True, **columns):
    """A demand with these persons in its scope."""
    case = authority_cases.open_authority_case(
        authority="Oslo tingrett",
        instrument=instrument,
        received_on=today(),
        categories=list(categories),
        reference="26-1 OTIR",
        by=by,
        **columns,
    )
    if paper:
        authority_cases.file_order(case, scan=scan(), by=by)
    for person in people:
        authority_cases.add_person(case, person=person, by=by)
    case.refresh_from_db()
    return case


def approved(asking, deciding, *people, gag_until=None, **more):
    case = authority_cases.submit_authority_case(draft(asking, *people, **more), by=asking)
    return authority_cases.approve_authority_case(case, reason="It binds us.", gag_until=gag_until, by=deciding)


def handed_over(asking, deciding, *people, **more):
    return authority_bundles.hand_over(approved(asking, deciding, *people, **more), by=asking)


def unzip(case, by):
    """{path: text} of the package of a case."""
    with contextlib.closing(authority_bundles.open_bundle(case, by=by)) as reader:
        content = reader.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def deal(asking, deciding=None, *, classes=("crm.Contact",), days=30, starts_on=None):
    """A deal, approved when somebody decides."""
    first = starts_on or today()
    case = deal_cases.open_deal(
        parties="Kjøper AS",
        purpose="Sale of the company",
        starts_on=first,
        ends_on=first + timedelta(days=days),
        classes=list(classes),
        by=asking,
    )
    if deciding is None:
        return case
    case = deal_cases.submit_deal(case, by=asking)
    return deal_cases.approve_deal(case, reason="Needed.", by=deciding)


def outsider(case, by, *, email="ada@radgiver.example", signed=True, name="Ada Rådgiver"):
    """A named outsider, with a signed statement unless told otherwise."""
    person = deal_persons.add_outsider(case, name=name, email=email, organisation="Rådgiver AS", by=by)
    if signed:
        deal_persons.file_statement(person, scan=scan(name="statement.pdf"), signatory=name, signed_on=today(), by=by)
    return refetched(person)


def let_in(case, asking, deciding, **more):
    return deal_persons.grant_access(outsider(case, asking, **more), by=deciding)


def refetched(row):
    return type(row).objects.get(pk=row.pk)
