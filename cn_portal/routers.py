"""Which of the two databases a model lives in."""

LEDGER = "ledger"
LEDGER_MODELS = frozenset(
    ("privacy", name)
    for name in (
        "erasureledger",
        "stopledger",
        "trailcheckpoint",
        "trailpurge",
        "trailredaction",
        "trailloss",
        "clockmark",
        "backup",
        "restoredrill",
    )
)


def _in_ledger(app_label, model_name):
    return (app_label, model_name) in LEDGER_MODELS


class LedgerRouter:
    """The ledger of erasures and the checkpoints of the trail live where a restore of the main database cannot roll
    them back. Nothing else is ever written there."""

    def db_for_read(self, model, **hints):
        return LEDGER if _in_ledger(model._meta.app_label, model._meta.model_name) else "default"

    db_for_write = db_for_read

    def allow_relation(self, first, second, **hints):
        """A foreign key cannot cross from one database to the other."""
        # The instance is asked for its model: `request.user` is a lazy stand-in whose own type knows none.
        return self.db_for_read(first._meta.model) == self.db_for_read(second._meta.model)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        """Operations without a model (RunPython, RunSQL) run on the main database, unless their hint says
        `{"ledger": True}`."""
        if model_name is None:
            return (db == LEDGER) == bool(hints.get("ledger"))
        return (db == LEDGER) == _in_ledger(app_label, model_name.lower())
