"""Opening an application or its CV writes a look down (L47, N31)."""

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse

from careers import actions
from privacy.models import StaffRead
from tests.careers import factories


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, name="Ingrid Prøve")


@pytest.fixture
def hr(db, client):
    return factories.sign_in(client, factories.make_staff(actions.HR)) and client


def url(name, row):
    return reverse(f"careers_applications:{name}", args=[row.pk])


def test_opening_an_application_writes_a_row_and_its_cv_another(hr, application):
    assert hr.head(url("inspect", application)).status_code == 200
    answer = hr.head(url("cv", application))
    # As the test client does for what it reads to the end: closing an answer must not close the test's connection.
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    assert answer.status_code == 200
    assert not StaffRead.objects.exists()
    hr.get(url("inspect", application))
    hr.get(url("move", application))
    look = StaffRead.objects.get()
    assert (look.model, look.object_pk, look.role) == ("careers.Application", str(application.pk), "HR")
    assert look.subject_id == application.subject_id
    b"".join(hr.get(url("cv", application)).streaming_content)
    assert set(StaffRead.objects.values_list("model", flat=True)) == {
        "careers.Application",
        "careers.ApplicationFile",
    }


def test_who_may_not_open_it_has_not_looked(client, application):
    factories.sign_in(client, factories.make_staff(actions.HIRING_LEADERS))
    assert client.get(url("inspect", application)).status_code == 404
    assert not StaffRead.objects.exists()
