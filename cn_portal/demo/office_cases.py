"""What waits in the office of the demonstration: a police demand, a merger, a dispute, a breach that was small."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from cn_portal.demo import documents
from crm.models import Order
from privacy.actions import authority_cases, breach_decisions, breaches, deal_cases, deal_persons, holds
from privacy.actions.statistics import count_statistics
from privacy.scans import Scan


def fill_the_office(colleagues, *, today) -> None:
    """Cases in several states, each done by two colleagues as the rules want it; and the numbers of past months."""
    officer, manager = colleagues["privacy"], colleagues["manager"]
    disputed = Order.objects.filter(subject__isnull=False, state=Order.State.DELIVERED).order_by("number").first()
    _police(officer, manager, today, disputed)
    _merger(officer, today)
    if disputed is not None:
        holds.propose_holds(
            [disputed], kind="claim", law="GDPR Art 17(3)(e)", reason="open-dispute", by=officer, until=None
        )
    _mail_to_the_wrong_address(officer)
    count_statistics(as_of=timezone.now())


def _police(officer, manager, today, order) -> None:
    call = authority_cases.open_authority_case(
        authority="Oslo politidistrikt", instrument="phone", received_on=today - timedelta(days=9), by=officer
    )
    authority_cases.refuse_authority_case(
        call,
        code="no_order",
        reason="En telefon er ingen kjennelse. Vi ba om å få den skriftlig.",
        by=officer,
    )
    if order is None:
        return
    case = authority_cases.open_authority_case(
        authority="Oslo politidistrikt",
        unit="Finans og miljø",
        reference="2026-OPD-000000",
        instrument="production_order",
        section="straffeprosessloven § 210",
        received_on=today - timedelta(days=2),
        answer_by=today + timedelta(days=5),
        categories=["purchase", "name"],
        period_from=today - timedelta(days=365),
        period_to=today,
        by=officer,
    )
    authority_cases.file_order(case, scan=_paper("Utleveringspålegg", "paalegg.pdf"), by=officer)
    authority_cases.add_person(case, person=order.subject, by=officer)
    authority_cases.submit_authority_case(case, by=officer)


def _merger(officer, today) -> None:
    deal = deal_cases.open_deal(
        parties="Clemco Norge AS og Fjordblåst Holding AS",
        purpose="Gjennomgang før et mulig kjøp av virksomheten",
        starts_on=today + timedelta(days=7),
        ends_on=today + timedelta(days=28),
        classes=[Order._meta.label],
        by=officer,
    )
    deal_persons.add_outsider(
        deal,
        name="Ragnhild Moe",
        email="ragnhild.moe@radgiver.example",
        organisation="Moe Rådgivning AS",
        by=officer,
    )


def _mail_to_the_wrong_address(officer) -> None:
    breach = breaches.open_breach(
        types=["confidentiality"],
        aware_at=timezone.now() - timedelta(hours=30),
        description="En ordrebekreftelse ble sendt til feil e-postadresse hos samme kunde.",
        consequences="Mottakeren er kollega av den som bestilte og så ordrelinjene.",
        measures="Mottakeren har slettet e-posten og bekreftet det. Adressen er rettet.",
        by=officer,
    )
    breach = breaches.assess_breach(breach, by=officer)
    breach = breaches.confirm_breach(breach, risk="unlikely", by=officer)
    breach_decisions.decide_not_notifiable(
        breach, reason="Samme virksomhet, ingen følsomme opplysninger, slettet samme dag.", by=officer
    )


def _paper(title: str, name: str) -> Scan:
    return Scan(BytesIO(documents.pdf([title, "", "Oppdiktet, til demonstrasjon."])), name, "application/pdf")
