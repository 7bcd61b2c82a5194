"""A small demonstration company, written once for all tests of a file; the whole one is written in test_writing.py."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from cn_portal.demo import company

FEW = 12
FILES = ("people", "media", "mail")


@pytest.fixture(scope="module")
def written_company(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both databases hold the company, inside a transaction that each test opens a savepoint in; yields its files."""
    kept = tmp_path_factory.mktemp("company")
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("ledger"):
        company.write(people=FEW)
        for name in FILES:
            if (Path(settings.VAR) / name).exists():
                shutil.copytree(Path(settings.VAR) / name, kept / name)
        yield kept
        for alias in ("default", "ledger"):
            transaction.set_rollback(True, using=alias)
    # Pages are gone again, and so must be what was remembered about them.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def small_company(written_company, db):
    for name in FILES:
        if (written_company / name).exists():
            shutil.copytree(written_company / name, Path(settings.VAR) / name, dirs_exist_ok=True)
    return company.counts()
