"""What a decision at a gate looks at, read from the case (`rules.gates` decides)."""

from __future__ import annotations

from privacy.models import AuthorityCase, DealPerson
from privacy.rules.gates import Access, Demand


def demand_of(case: AuthorityCase) -> Demand:
    """What a decision on this demand looks at."""
    return Demand(
        instrument=case.instrument,
        section=case.section,
        has_paper=case.paper_id is not None,
        persons=case.persons.count(),
        categories=tuple(case.categories),
    )


def access_of(person: DealPerson) -> Access:
    """What decides whether this outsider may look."""
    return Access(
        state=person.case.state,
        starts_on=person.case.starts_on,
        ends_on=person.case.ends_on,
        has_statement=person.statement_id is not None,
        is_withdrawn=person.withdrawn_at is not None,
        is_granted=person.granted_at is not None,
        is_revoked=person.revoked_at is not None,
    )
