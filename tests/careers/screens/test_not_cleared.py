"""Recruitment begins when its DPIA screening is approved, and not before (L36)."""

import pytest
from django.utils import timezone

from careers import actions
from careers.models import Application
from privacy import actions as engine
from privacy.models import Screening


def test_before_that_the_page_says_so_and_nothing_is_taken_in(client, vacancy):
    shown = client.get(vacancy.url).content.decode()
    assert f"{vacancy.url}apply/" in shown and "åpner snart" not in shown
    Screening.objects.filter(activity="recruitment").update(state="rejected")
    shown = client.get(vacancy.url).content.decode()
    assert f"{vacancy.url}apply/" not in shown and "åpner snart" in shown
    for answer in (client.get(f"{vacancy.url}apply/"), client.post(f"{vacancy.url}apply/", {"name": "x"})):
        assert answer.status_code == 503
    assert not Application.objects.exists()


def test_the_act_itself_refuses_too(vacancy):
    assert vacancy.is_open(timezone.now())
    Screening.objects.filter(activity="recruitment").update(state="rejected")
    with pytest.raises(actions.NotPossible):
        actions.submit_application(
            vacancy,
            token="00000000-0000-4000-8000-000000000001",
            name="Ingrid Prøve",
            email="ingrid@soker.example",
            phone="",
            message="",
            cv=None,
            consent_text=engine.text_for("recruitment", "nb"),
            talent_pool_text=None,
            language="nb",
            user=None,
            by=None,
        )
    assert not Application.objects.exists()
