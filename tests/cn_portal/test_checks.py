from django.conf import settings as django_settings

from cn_portal import checks


def test_a_storage_that_hands_out_addresses_is_an_error(settings):
    assert checks.people_storage_is_private(None) == []
    settings.STORAGES = settings.STORAGES | {"people": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    [error] = checks.people_storage_is_private(None)
    assert error.id == "portal.E001"


def test_one_database_under_two_names_is_an_error(monkeypatch):
    assert checks.ledger_is_separate(None) == []
    monkeypatch.setitem(django_settings.DATABASES, "ledger", django_settings.DATABASES["default"])
    [error] = checks.ledger_is_separate(None)
    assert error.id == "portal.E002"
