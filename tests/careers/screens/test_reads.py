"""Opening an application or its CV writes a look down (L47, N31)."""

import pytest
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
    assert not StaffRead.objects.exists()
    hr.get(url("inspect", application))
    hr.get(url("move", application))
    look = StaffRead.objects.get()
    assert (look.model, look.object_pk, look.role) == ("careers.Application", str(application.pk), "HR")
    assert look.subject_id == application.subject_id
    cv = application.files.get()
    b"".join(hr.post(f"{url('document', application)}?file={cv.pk}").streaming_content)
    assert set(StaffRead.objects.values_list("model", flat=True)) == {
        "careers.Application",
        "careers.ApplicationFile",
    }


def test_who_may_not_open_it_has_not_looked(client, application):
    factories.sign_in(client, factories.make_staff(actions.HIRING_LEADERS))
    assert client.get(url("inspect", application)).status_code == 404
    assert not StaffRead.objects.exists()
