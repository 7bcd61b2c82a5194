"""Correcting: only one's own rows, only the declared fields, and what was typed is kept when it is refused."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from privacy.models import TrailEntry
from privacy.screens import correction


def url(user, label="accounts.user"):
    return f"/my-data/correct/{label}/{user.pk}/"


def test_a_fact_is_corrected_and_the_trail_names_the_field_only(kari, ola, sign_in):
    client = sign_in(kari, language="en")
    page = client.get(url(kari)).content.decode()
    assert 'name="language"' in page
    assert 'name="email"' not in page and 'name="first_name"' not in page
    answer = client.post(url(kari), {"language": "en"}, follow=True)
    assert answer.redirect_chain == [("/my-data/", 302)]
    assert "It is corrected" in answer.content.decode()
    kari.refresh_from_db()
    ola.refresh_from_db()
    assert (kari.language, ola.language) == ("en", "nb")
    entry = TrailEntry.objects.get(action="subject.corrected")
    assert (entry.field_names, entry.actor, entry.subject) == (["language"], kari.pk, kari.subject_id)


def test_fields_beside_the_form_are_ignored(kari, sign_in):
    sign_in(kari).post(url(kari), {"language": "en", "email": "x@annen.example", "is_staff": "on"})
    kari.refresh_from_db()
    assert (kari.email, kari.is_staff, kari.language) == ("karikanari@kunde.example", False, "en")


def test_a_wrong_value_changes_nothing_and_stays_in_the_form(kari, sign_in):
    answer = sign_in(kari, language="en").post(url(kari), {"language": "tlh"})
    assert answer.status_code == 200
    assert "One thing to put right" in answer.content.decode()
    kari.refresh_from_db()
    assert kari.language == "nb"
    assert not TrailEntry.objects.filter(action="subject.corrected").exists()


def test_what_the_act_refuses_is_shown_with_the_text_kept(kari, sign_in, monkeypatch):
    def refuse(*args, **kwargs):
        raise ValidationError("This word is taken.")

    monkeypatch.setattr(correction.actions, "correct_own", refuse)
    page = sign_in(kari, language="en").post(url(kari), {"language": "en"}).content.decode()
    assert "We could not store this: This word is taken." in page
    assert '<option value="en" selected>' in page


@pytest.mark.parametrize(
    "label", ["accounts.user", "privacy.consentstate", "privacy.storedfile", "nosuch.model", "nodot", "auth.group"]
)
def test_somebody_elses_row_and_no_row_are_the_same_404(label, kari, ola, sign_in):
    client = sign_in(kari)
    theirs, nobodys = client.get(url(ola, label)), client.get(f"/my-data/correct/{label}/{uuid.uuid4()}/")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert client.post(url(ola, label), {"language": "en"}).status_code == 404
    ola.refresh_from_db()
    assert ola.language == "nb"


def test_an_own_row_without_editable_fields_is_not_found(kari, sign_in):
    stored = kari.subject.files.get()
    assert sign_in(kari).get(f"/my-data/correct/privacy.storedfile/{stored.pk}/").status_code == 404


def test_no_token_no_change(kari, sign_in):
    assert sign_in(kari, enforce_csrf_checks=True).post(url(kari), {"language": "en"}).status_code == 403
    kari.refresh_from_db()
    assert kari.language == "nb"


def test_sealed_facts_are_corrected_too(kari, sign_in):
    from django.utils import timezone

    from crm.actions import create_contact

    facts = {"ground": "prospect", "source_channel": "phone", "collected_on": timezone.localdate()}
    contact = create_contact(full_name="Kari Nordmann", phone="+47 22 22 55 55", by=None, **facts)
    type(kari).objects.filter(pk=kari.pk).update(subject=contact.subject)
    kari.refresh_from_db()
    client = sign_in(kari)
    page = client.get(url(contact, "crm.contact")).content.decode()
    assert 'value="+4722225555"' in page
    answers = {"full_name": "Kari Hansen", "phone": "+4722225566", "title": "Formann", "language": "nb"}
    assert client.post(url(contact, "crm.contact"), answers).status_code == 302
    fresh = type(contact).objects.get(pk=contact.pk)
    assert (fresh.full_name, fresh.phone, fresh.title) == ("Kari Hansen", "+4722225566", "Formann")
