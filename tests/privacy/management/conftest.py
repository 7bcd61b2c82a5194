"""Commands as a shell runs them: exit status, standard output, standard error."""

import json
import sys
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.core.management import load_command_class
from django.db import connections


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        """What stands on standard output, which must be exactly one JSON document."""
        return json.loads(self.out)

    def is_refused(self, code=1):
        """Whether it ended with this status and said why on standard error."""
        return self.code == code and bool(self.err.strip()) and "Traceback" not in self.err


@pytest.fixture
def run(capsys, monkeypatch):
    """`run("privacy_find", "Kari")` goes through everything `manage.py` does but the system checks."""
    # The connection carries the transaction of this test.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run_command(name, *arguments):
        capsys.readouterr()
        code = 0
        try:
            command = load_command_class("privacy", name)
            command.run_from_argv(["manage.py", name, *map(str, arguments), "--skip-checks"])
        except SystemExit as end:
            code = end.code
        return Ended(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def terminal(monkeypatch):
    """`terminal(answer)` sits somebody down who gives this answer, or does what this function does, when asked."""

    def sit_down(answer):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("builtins.input", answer if callable(answer) else lambda: answer)

    return sit_down


@pytest.fixture
def no_terminal(monkeypatch):
    """Standard input is no terminal, and whoever reads from it nevertheless fails."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False))


@pytest.fixture
def everything(db):
    """`everything()` is every row of every table of both databases, to be compared before and after."""

    def read():
        return {
            f"{connection.alias}:{table}": _rows(connection, table)
            for connection in (connections[alias] for alias in connections)
            for table in connection.introspection.table_names()
        }

    return read


def _rows(connection, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
