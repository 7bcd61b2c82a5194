"""The signed link to one interview: its random key and nothing else. It works as long as the interview is there."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from careers.models import Interview, State

_INTERVIEW = signing.Signer(salt="careers.interview")


def interview_url(interview) -> str:
    """Address of the page where the applicant answers without signing in."""
    return settings.BASE_URL + reverse("careers:interview-by-link", args=[_INTERVIEW.sign(str(interview.pk))])


def to_interview(token: str) -> Interview | None:
    """The interview a link names, or None when the link is not ours, or it or its application is gone."""
    try:
        key = uuid.UUID(_INTERVIEW.unsign(token))
    except signing.BadSignature:
        return None
    rows = Interview.objects.exclude(application__state=State.WITHDRAWN)
    return rows.select_related("application__subject", "application__vacancy").filter(pk=key).first()
