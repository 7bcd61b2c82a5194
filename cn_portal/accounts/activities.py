"""Why accounts hold anything: two activities, one basis each (notice N10, N12, N23)."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import Activity, Basis

ACCOUNTS = registry.activity(
    Activity(
        code="accounts",
        title=_("Your account"),
        plainly=_("So that you, and nobody else, can see your data and what you have ordered or applied for."),
        purpose="dpv:EnforceAccessControl",
        basis=Basis.LEGITIMATE_INTEREST,
        notice=("N10", "N55", "N63"),
        interest=_("Giving each person a page of their own that nobody else can open."),
        necessity=_("A page of one's own needs a way to tell its owner from everybody else, and nothing more."),
        balance=_("It is asked for by the person, works for the person, and can be closed by the person at any time."),
        safeguards=_("One-way hashed passwords, a second factor, sealed keys, mailed codes, no security questions."),
        measures=("one-way hashed passwords", "second factor, required for staff", "sealed authenticator keys"),
        subjects=("customers", "applicants", "staff"),
    )
)

SECURITY_LOG = registry.activity(
    Activity(
        code="sign-in-security",
        title=_("Security of sign-ins"),
        plainly=_("So that attempts to break into an account are stopped, and you can see who tried."),
        purpose="dpv:EnforceSecurity",
        basis=Basis.LEGITIMATE_INTEREST,
        notice=("N12", "N23"),
        interest=_("Stopping break-ins and password guessing, and showing people what happened to their account."),
        necessity=_("Guessing is only seen in what was tried before. Networks and one-way hashes are enough for it."),
        balance=_("It protects the person it is about, who can read it, and nobody is followed from page to page."),
        safeguards=_("Keyed hashes instead of addresses, networks instead of full addresses, erased after 90 days."),
        measures=("addresses kept as keyed hashes only", "networks instead of full addresses", "deleted after 90 days"),
        subjects=("customers", "applicants", "staff", "visitors who try to sign in"),
    )
)
