"""What the office was asked lately: by letter, by phone, by mail and on the customer's own page, each on its day."""

from datetime import date, timedelta

from cn_portal.accounts.models import User
from privacy import actions as engine

CUSTOMER = "customer@kunde.example"
ODDVAR = {"name": "Oddvar Eik", "email": "", "postal_address": "Fjordgata 3\n7010 Trondheim"}
INGER = {"name": "Inger Holm", "email": "inger.holm@post.example", "postal_address": ""}


def ask_the_office(*, today: date, office, caller) -> None:
    """Four cases in four states: due soon, more time taken, waiting for an answer, and one that was answered."""
    _letter(today, office)
    _more_time(today, office)
    _question(today, office, caller)
    _answered(today, office)


def _letter(today, office) -> None:
    case = engine.register_letter(
        right="access",
        channel="letter",
        received_on=today - timedelta(days=26),
        text="Jeg kjøpte et blåseapparat av dere for noen år siden og vil vite hva dere har lagret om meg.",
        contact=ODDVAR,
        by=office,
    )
    engine.acknowledge(case, by=office)
    engine.take_up(case, by=office)


def _more_time(today, office) -> None:
    case = engine.register_letter(
        right="portability",
        channel="email",
        received_on=today - timedelta(days=24),
        text="Kan jeg få alle bestillingene mine siden 2021 i et format som regnskapsføreren min kan lese?",
        contact=INGER,
        by=office,
    )
    engine.take_up(case, by=office)
    engine.extend(
        case,
        reason_code="complexity",
        text="Bestillingene fra før 2023 ligger i et eldre format, og vi trenger tid til å gå gjennom dem.",
        by=office,
        on=today - timedelta(days=9),
    )


def _question(today, office, caller) -> None:
    case = engine.open_request(
        caller.subject,
        right="correction",
        channel="phone",
        received_on=today - timedelta(days=8),
        text="Sier at tittelen vi har om henne er feil, og at hun byttet stilling i vår.",
        by=office,
    )
    engine.take_up(case, by=office)
    engine.ask(
        case,
        what="clarification",
        text="Hvilken tittel har du nå, og fra hvilken dato?",
        by=office,
        on=today - timedelta(days=6),
    )


def _answered(today, office) -> None:
    user = User.objects.get(email=CUSTOMER)
    case = engine.open_request(
        user.subject,
        right="no_automated_decision",
        received_on=today - timedelta(days=70),
        identity="signed_in",
        text="Er det en maskin som bestemmer rabatten min?",
        by=user,
    )
    engine.take_up(case, by=office)
    engine.answer(
        case,
        outcome="fulfilled",
        text="Nei. Rabatten avtales med selgeren din, og ingen maskin avgjør noe om deg hos oss.",
        by=office,
        on=today - timedelta(days=66),
    )
