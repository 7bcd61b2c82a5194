import pytest
from django.apps import apps
from django.db import connections

from cn_portal.routers import LEDGER_MODELS, LedgerRouter

ROUTER = LedgerRouter()


def test_the_models_of_the_ledger_exist():
    found = {apps.get_model(*name)._meta.model_name for name in LEDGER_MODELS}
    assert found >= {"erasureledger", "trailcheckpoint", "clockmark"}


def test_every_model_lives_in_exactly_one_database():
    for model in apps.get_models(include_auto_created=True):
        name = (model._meta.app_label, model._meta.model_name)
        expected = "ledger" if name in LEDGER_MODELS else "default"
        assert ROUTER.db_for_read(model) == ROUTER.db_for_write(model) == expected
        allowed = [alias for alias in ("default", "ledger") if ROUTER.allow_migrate(alias, *name)]
        assert allowed == [expected]


@pytest.mark.parametrize(("hints", "home"), [({}, "default"), ({"ledger": True}, "ledger")])
def test_operations_without_a_model_run_once(hints, home):
    allowed = [alias for alias in ("default", "ledger") if ROUTER.allow_migrate(alias, "privacy", **hints)]
    assert allowed == [home]


@pytest.mark.django_db
def test_each_database_has_its_own_tables_only():
    ledger = {apps.get_model(*name)._meta.db_table for name in LEDGER_MODELS}
    tables = {alias: set(connections[alias].introspection.table_names()) for alias in ("default", "ledger")}
    assert tables["ledger"] - {"django_migrations"} == ledger
    assert not tables["default"] & ledger


def test_no_relation_crosses():
    entry, permission = apps.get_model("privacy", "ErasureLedger")(), apps.get_model("auth", "Permission")()
    assert ROUTER.allow_relation(entry, entry) is True
    assert ROUTER.allow_relation(entry, permission) is False
