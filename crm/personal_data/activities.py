"""Why the customer side holds anything: five activities, one basis each (T3)."""

from django.utils.translation import gettext_lazy as _

from crm import rules
from crm.consents import MARKETING, RECOMMENDATIONS, TAILORED_ADVERTISING
from privacy import registry
from privacy.declare import Activity, Basis, NotPersonal

CUSTOMER_RELATIONS = registry.activity(
    Activity(
        code="customer-relations",
        title=_("Looking after customers"),
        plainly=_("To know whom we deal with at our customers, and to reach the right person."),
        purpose="dpv:CustomerRelationshipManagement",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "We must know who speaks for a customer. We hold work details only, they go 24 months after we last dealt "
            "with you (at most 42 while your company deals with us), and you may object at any time."
        ),
        necessity=_(
            "A company speaks through people. Without the name and a way to reach the person, nobody can be asked or "
            "answered; anything beyond work details is left out."
        ),
        balance=_(
            "People who act for a company expect its suppliers to know their name and number at work. It concerns "
            "their work, not their private life, and little follows from it."
        ),
        safeguards=_(
            "Work details only, the source of each, a page of one's own, objection at any time, no marketing without "
            "consent, and erasure 24 months after the last dealings."
        ),
        also=("enquiries", "orders", "deliveries", "service-messages", *MARKETING),
        notice=("N17", "N18", "N35", "N42", "N55"),
        subjects=("customers' employees", "prospects", "sole traders"),
        review=_("Marketing is another activity and needs consent (N36, L22)."),
    )
)
ENQUIRIES = registry.activity(
    Activity(
        code="enquiries",
        title=_("Questions and conversations"),
        plainly=_("To answer what you asked, and to remember what we agreed."),
        purpose="dpv:CustomerCare",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_("Whoever asks us something expects an answer from somebody who knows what was said before."),
        necessity=_("An answer needs the question, and the next answer what was said before. Nothing else is stored."),
        balance=_("Whoever writes to us expects to be answered and remembered. It is no surprise and does no harm."),
        safeguards=_(
            "No question about sensitive matters, a warning before free text, access by role, erasure 24 months after "
            "the last dealings."
        ),
        also=("customer-relations", "orders", "service-messages"),
        notice=("N7", "N17", "N21"),
        subjects=("customers' employees", "people who write to us"),
    )
)
ORDERS = registry.activity(
    Activity(
        code="orders",
        title=_("Orders"),
        plainly=_("To carry out what was ordered, and to know who ordered it."),
        purpose="dpv:CustomerOrderManagement",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "The contract is with your employer; to fulfil it we must know who placed the order and asks for it."
        ),
        necessity=_("Goods and invoices go to a company, but somebody ordered, answers questions and receives them."),
        balance=_("Whoever orders at work expects their name on the order. It says what the company bought, not they."),
        safeguards=_("Access by role, the order on the person's own page, erasure 42 months after the order."),
        also=(
            "deliveries",
            "customer-relations",
            "enquiries",
            "service-messages",
            RECOMMENDATIONS,
            TAILORED_ADVERTISING,
        ),
        notice=("N19", "N25", "N33", "N34", "N35", "N58"),
        subjects=("customers' employees", "sole traders"),
        review=_(
            "GDPR Art 6(1)(b) covers only a person who is party to the contract (T4). Orders of sole traders could "
            "rest on it; one activity has one basis, so they rest on the same legitimate interest, and get the same "
            "portable copy."
        ),
    )
)
ACCOUNTING = registry.activity(
    Activity(
        code="accounting",
        title=_("Accounting"),
        plainly=_("To keep invoices as long as the Bookkeeping Act says."),
        purpose="dpv:FulfilmentOfObligation",
        basis=Basis.LEGAL_DUTY,
        law=rules.ACCOUNTING_LAW,
        notice=("N25", "N59"),
        subjects=("customers' employees", "sole traders"),
        review=_(
            "The notice names the Public Administration Act; the periods are those of the Bookkeeping Act, which is "
            "what binds us (T13)."
        ),
    )
)
DELIVERIES = registry.activity(
    Activity(
        code="deliveries",
        title=_("Deliveries"),
        plainly=_("To get the goods to you with a carrier, who is told only what the delivery needs."),
        purpose="dpv:DeliveryOfGoods",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "Goods reach the right person only if the carrier knows the name, the address and a number to call."
        ),
        necessity=_("No carrier delivers to nobody. Each gets the fields it needs and no other, and each is logged."),
        balance=_(
            "Whoever receives goods expects the carrier to know where and to whom; it is told before it is sent."
        ),
        safeguards=_(
            "A list of allowed fields per carrier, a log of each hand-over on the person's page, approval by two "
            "before a carrier gets anything, erasure after 42 months."
        ),
        also=("orders", "customer-relations", "service-messages"),
        notice=("N20", "N46", "N47", "N48", "N49"),
        recipients=("bring", "tnt", "ramberg"),
        subjects=("customers' employees", "sole traders"),
    )
)

KEY = NotPersonal("a random key")
ENTERED = NotPersonal("when the row was entered")
STILL_NEEDED = "GDPR Art 17(1)(a)"
