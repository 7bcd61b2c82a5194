"""System checks of the house itself; those about personal data are in `privacy.checks`."""

from django.conf import settings
from django.core import checks
from django.core.files.storage import storages

from cn_portal.regions import is_in_eea


@checks.register(checks.Tags.files)
def people_storage_is_private(app_configs, **kwargs):
    """portal.E001: the storage of people's files hands out addresses."""
    try:
        address = storages["people"].url("probe")
    except ValueError:
        return []
    return [
        checks.Error(
            f"The storage «people» hands out public addresses such as {address}.",
            hint="Use cn_portal.storage.PeopleFolder or PeopleBucket in STORAGES.",
            id="portal.E001",
        )
    ]


@checks.register(checks.Tags.database)
def ledger_is_separate(app_configs, **kwargs):
    """portal.E002: a restore of the main database would roll the ledger of erasures back with it."""
    main, ledger = settings.DATABASES["default"], settings.DATABASES["ledger"]
    where = ("ENGINE", "NAME", "HOST", "PORT")
    if [main.get(key) for key in where] != [ledger.get(key) for key in where]:
        return []
    return [
        checks.Error(
            "The databases «default» and «ledger» are the same one.",
            hint="Give LEDGER_DATABASE_URL a database of its own.",
            id="portal.E002",
        )
    ]


@checks.register(checks.Tags.files, deploy=True)
def stores_are_in_the_eea(app_configs, **kwargs):
    """portal.E003: a bucket whose region is not known to lie in Norway or elsewhere in the EEA (L38)."""
    regions = {
        name: store["OPTIONS"].get("region_name")
        for name, store in settings.STORAGES.items()
        if "bucket_name" in store.get("OPTIONS", {})
    }
    return [
        checks.Error(
            f"The store «{name}» lies in the region «{region or 'not named'}», which is not known to be in the EEA. "
            "Accounting material must lie in Norway or, with notice, in another EEA state.",
            hint="Set S3_REGION to a region of cn_portal/regions.py, or add yours there when you know where it lies.",
            id="portal.E003",
        )
        for name, region in sorted(regions.items())
        if not is_in_eea(region)
    ]
