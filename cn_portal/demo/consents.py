"""What the customer one can sign in as has answered: a yes to e-mail that stands, and one to calls that has run out."""

from datetime import date, datetime, time, timedelta

from cn_portal.accounts.models import User
from crm import consents
from privacy.actions import text_for
from privacy.actions.consent import About, record
from privacy.models import ConsentKind
from privacy.rules.deadlines import OSLO, add_months

CUSTOMER = "customer@kunde.example"
# Days ago. The second was given more than its 24 months ago, and nobody renewed it.
STANDS, RAN_OUT = 200, 800
NIGHT = time(3, 30)


def answer_as_the_customer(*, today: date) -> None:
    """Write both answers as they would have been written on their days."""
    user = User.objects.get(email=CUSTOMER)
    _say_yes(user, consents.MARKETING_EMAIL, today - timedelta(days=STANDS))
    until = _say_yes(user, consents.MARKETING_PHONE, today - timedelta(days=RAN_OUT))
    record(
        user.subject,
        About(consents.MARKETING_PHONE, ""),
        kind=ConsentKind.EXPIRED,
        method="clock",
        by=None,
        at=_moment(until + timedelta(days=1), NIGHT),
    )


def _say_yes(user, purpose: str, day: date) -> date:
    text = text_for(purpose, "nb")
    until = add_months(day, text.valid_months)
    record(
        user.subject,
        About(purpose, ""),
        kind=ConsentKind.GIVEN,
        text=text,
        valid_until=until,
        method="my-data",
        by=user,
        evidence={"form": "my-data", "from_age": consents.FROM_AGE},
        at=_moment(day, time(12)),
    )
    return until


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=OSLO)
