"""A rotation of the key-encryption key killed -9 between two batches: the next run resumes, nothing is lost (F26)."""

import base64
import io
import secrets

from django.contrib.auth import get_user_model

from privacy import vault
from privacy.actions.documents import file_document, open_document
from privacy.actions.keys import rotate_field_keys
from privacy.models import PersonKey, ServiceKey
from tests.privacy.kills.dying import die_at
from tests.toy.models import Guest


def test_a_killed_rotation_is_resumed_and_papers_of_the_office_rotate_too(kari, ola, settings):
    siv = get_user_model().objects.create_user("siv@cn.example", None)
    paper = file_document(
        io.BytesIO(b"agreed"), kind="agreement", display_name="a.pdf", media_type="application/pdf", by=siv
    )
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = [base64.b64encode(secrets.token_bytes(32)).decode(), old]
    newest = vault.keyring.ring().newest

    die_at("rotate.after_batch", lambda: rotate_field_keys(by=None, batch=1))

    new = PersonKey.objects.filter(kek_id=newest).count()
    assert 0 < new < PersonKey.objects.count()
    # In between both keys are needed, and everything opens.
    assert vault.check_keys() == [] and Guest.objects.get(subject=ola.subject).door_code == "Ola-code"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert "does not hold the key-encryption key" in vault.check_keys()[0]
    settings.FIELD_KEYS = [settings.FIELD_KEYS[0], old]

    done = rotate_field_keys(by=None, batch=1)

    assert done["rewrapped"] == PersonKey.objects.count() - new + ServiceKey.objects.count()
    assert (done["unreadable"], done["remaining"]) == (0, 0)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    vault.require_keys()
    assert ServiceKey.objects.get(name=paper.key_name).kek_id == newest
    stream = open_document(paper, by=siv)
    assert stream.read(100) == b"agreed"
    stream.close()
    assert Guest.objects.get(subject=ola.subject).door_code == "Ola-code"
