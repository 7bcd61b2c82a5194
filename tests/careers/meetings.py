"""Interviews, referees and registrations for tests, made through the acts themselves."""

from datetime import timedelta

from django.utils import timezone

from careers import actions
from careers.models import Application
from careers.models.application import LIVE
from privacy import actions as engine


def at(days=3, hours=0):
    """A whole minute, so many days ahead."""
    return (timezone.now() + timedelta(days=days, hours=hours)).replace(second=0, microsecond=0)


def offer(application, *times, by=None, **values):
    said = {
        "times": times or [at(3), at(4)],
        "minutes": 60,
        "kind": "place",
        "place": "Rom 2",
        "with_whom": "Serviceleder",
        "message": "Ta med fagbrev.",
        "by": by,
        **values,
    }
    return actions.offer_interview(application, **said)


def agreed(application, when=None, **values):
    return offer(application, when or at(3), agreed=True, **values)


def wording(purpose, language="nb"):
    return engine.text_for(purpose, language)


def refer(application, *, agree=True, by=None, **values):
    said = {
        "full_name": "Bjørn Verksmester",
        "relation": "min leder på verkstedet",
        "email": "bjorn@verksted.example",
        "phone": "+47 99 99 99 98",
        "text": wording(actions.REFEREE) if agree else None,
        "by": by,
        **values,
    }
    return actions.add_referee(application, **said)


def some_of_each(user):
    """For one live application of a person: an offered and an agreed interview, a referee, and a letter closed off."""
    application = Application.objects.filter(subject__in=user.subject.group(), state__in=LIVE).first()
    offer(application)
    agreed(application)
    refer(application)
    actions.flag_content(application, kind="letter", target=None, reason="health", by=None)
