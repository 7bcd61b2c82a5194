"""Activities of the toy house that one may object to, and one that asks for a yes to news."""

from privacy import registry
from privacy.actions import publish_text
from privacy.consenting import Purpose, Wording
from privacy.declare import Activity, Basis
from tests.toy.models import Guest, GuestFile

NEWS = "toy-news"


def activity(code, basis, **more):
    return Activity(code=code, title=code, plainly="x", purpose="dpv:ServiceProvision", basis=basis, notice=(), **more)


def rest_on_interest(monkeypatch):
    """Guests and their files are held for our interest, as "toy-guests"; bookings stay with their consent."""
    made = activity("toy-guests", Basis.LEGITIMATE_INTEREST, interest="to know who came")
    monkeypatch.setitem(registry._activities, made.code, made)
    for model in (Guest, GuestFile):
        monkeypatch.setattr(registry.declaration_of(model), "activity", made)
    return made.code


def ask_for_news(monkeypatch, *, channel="email", code=NEWS):
    """Enter a question of consent to news by this channel; returns its wording."""
    made = activity(code, Basis.CONSENT, consent=code)
    monkeypatch.setitem(registry._activities, made.code, made)
    wordings = {"nb": Wording("Vil du ha nyheter?", "Ett klikk.")}
    question = Purpose(
        code=code, title=code, plainly="x", activity=made, months=24, wordings=wordings, channel=channel, group="news"
    )
    monkeypatch.setitem(registry._purposes, code, question)
    return publish_text(
        purpose=code,
        language="nb",
        wording="Vil du ha nyheter?",
        how_to_withdraw="Ett klikk.",
        valid_months=24,
        by=None,
    )
