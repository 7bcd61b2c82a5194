"""Many keys in one parameter: a list of a thousand placeholders costs more than the query it belongs to."""

from __future__ import annotations

import json

from django.db.models import Expression, UUIDField

_WITHOUT_COMMAS = ("uuid", "bigint", "integer", "smallint")


class KeySet(Expression):
    """Values of one column as a subquery: ``filter(pk__in=KeySet(Model._meta.pk, keys))``, foreign keys to it too."""

    def __init__(self, column, keys):
        super().__init__()
        self.key = column
        while self.key.is_relation:
            self.key = self.key.target_field
        self.keys = list(keys)
        # Written out once, however many statements name the set; copies share what is written here.
        self._written: dict[str, str] = {}

    @classmethod
    def of(cls, column, keys) -> KeySet:
        """The set of these keys, or the one that was given."""
        return keys if isinstance(keys, KeySet) else cls(column, keys)

    def as_sql(self, compiler, connection):
        # One text, not a list: the driver would quote each member of a list by itself.
        kind = self.key.db_type(connection).partition(" ")[0]
        if kind in _WITHOUT_COMMAS:
            return f"SELECT unnest(string_to_array(%s, ',')::{kind}[])", [self._text(connection, ",".join)]
        return f"SELECT jsonb_array_elements_text(%s::jsonb)::{kind}", [self._text(connection)]

    def as_sqlite(self, compiler, connection):
        return "SELECT value FROM json_each(%s)", [self._text(connection)]

    def _text(self, connection, join=None) -> str:
        if connection.vendor not in self._written:
            plain = self._plain(connection)
            self._written[connection.vendor] = join(map(str, plain)) if join else json.dumps(plain)
        return self._written[connection.vendor]

    def _plain(self, connection) -> list:
        if isinstance(self.key, UUIDField):
            return [key.hex for key in self.keys]
        return [self.key.get_db_prep_value(key, connection) for key in self.keys]
