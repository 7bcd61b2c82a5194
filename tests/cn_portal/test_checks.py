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


def test_a_bucket_outside_the_eea_stops_a_deployment(settings):
    assert checks.stores_are_in_the_eea(None) == []

    def with_region(region):
        bucket = {"BACKEND": "cn_portal.storage.PeopleBucket", "OPTIONS": {"bucket_name": "cn", "region_name": region}}
        settings.STORAGES = settings.STORAGES | {"people": bucket}
        return checks.stores_are_in_the_eea(None)

    for region in ("eu-north-1", "EU-Central-1", "no-svg1"):
        assert with_region(region) == []
    for region in ("us-east-1", "eu-west-2", "eu-central-2", None, ""):
        [error] = with_region(region)
        assert error.id == "portal.E003" and "people" in error.msg and (region or "not named") in error.msg
