"""The person as a card: jCard (RFC 7095) and vCard 4.0 (RFC 6350), from the categories of whatever is declared."""

from __future__ import annotations

import re
from datetime import date

from django.db import models

from privacy.declare import Category, Field
from privacy.queries.held import HeldRecord

# A card is no list of everything; whoever has more addresses than this finds them in the records.
MOST = 20
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ADDRESS_PARTS = {"postcode": 5, "postal_code": 5, "city": 3, "locality": 3, "region": 4, "country": 6}
STREET, PARTS = 2, 7
WORKPLACES = ("organisation", "organization", "company", "employer")
FOLD_AT = 75


class Card:
    """Gathers what is seen in the records, each value once and in the order of the records."""

    def __init__(self, key: str):
        self.key = key
        self._found: dict[str, list] = {}

    def see(self, declaration, row: models.Model, record: HeldRecord) -> None:
        """Take what one record says about how to reach the person and where they work."""
        said = {value.name: value.value for value in record.values if value.value and not value.withheld}
        by_category: dict[Category, list[str]] = {}
        for name, what in declaration.fields_of(Field).items():
            if name in said:
                by_category.setdefault(_category(declaration.model, name, what), []).append(name)
        own = any(what.editable_by_subject for what in declaration.fields_of(Field).values())
        self._add("fn", " ".join(str(said[name]) for name in by_category.get(Category.NAME, ())), first=own)
        self._add("adr", _address({name: said[name] for name in by_category.get(Category.POSTAL_ADDRESS, ())}))
        for category, take in _TAKERS.items():
            for name in by_category.get(category, ()):
                self._add(*take(name, said[name], getattr(row, name)))

    def _add(self, kind: str, value, *, first: bool = False) -> None:
        known = self._found.setdefault(kind, [])
        if not value or value in known or len(known) >= MOST:
            return
        # What the person may correct themselves is how they want to be called.
        known.insert(0 if first and not self._own_name else len(known), value)
        self._own_name = self._own_name or first

    _own_name = False

    def properties(self) -> list[tuple[str, str, object]]:
        """(name, type, value) in a fixed order; "adr" has a list of seven parts. A card always has a name."""
        # Nobody has told us a name: the address stands for it, else the number we know the person by.
        names = self._found.get("fn") or self._found.get("email", [])[:1] or [self.key]
        found = {**self._found, "fn": names}
        order = ("fn", "email", "tel", "adr", "org", "title", "role", "bday", "lang")
        rows = [(kind, _TYPES.get(kind, "text"), value) for kind in order for value in found.get(kind, ())]
        return [("uid", "uri", f"urn:uuid:{self.key}"), *rows]

    def jcard(self) -> list:
        """The jCard as JSON holds it."""
        return [
            "vcard",
            [["version", {}, "text", "4.0"], *([name, {}, kind, v] for name, kind, v in self.properties())],
        ]

    def vcard(self) -> str:
        """The vCard 4.0, lines folded at 75 bytes and ended as the standard says."""
        lines = ["BEGIN:VCARD", "VERSION:4.0"]
        lines += [f"{name.upper()}:{_written(name, kind, value)}" for name, kind, value in self.properties()]
        return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _category(model, name: str, what: Field) -> Category:
    # The address one signs in with is an address one is reached at.
    is_email = isinstance(model._meta.get_field(name), models.EmailField)
    return Category.EMAIL if what.category is Category.LOGIN and is_email else what.category


def _work(name: str, shown, _raw) -> tuple[str, str]:
    if name in WORKPLACES:
        return "org", str(shown)
    if name.endswith(("_on", "_at")):
        return "dates", ""
    return ("role" if name == "role" else "title"), str(shown)


def _language(_name: str, _shown, raw) -> tuple[str, str]:
    return "lang", raw if LANGUAGE.fullmatch(str(raw)) else ""


def _birthday(_name: str, _shown, raw) -> tuple[str, str]:
    return "bday", raw.isoformat() if isinstance(raw, date) else ""


_TAKERS = {
    Category.EMAIL: lambda name, shown, raw: ("email", str(shown)),
    Category.PHONE: lambda name, shown, raw: ("tel", str(shown)),
    Category.EMPLOYMENT: _work,
    Category.LANGUAGE: _language,
    Category.BIRTH_DATE: _birthday,
}
_TYPES = {"bday": "date", "lang": "language-tag"}


def _address(said: dict) -> list[str] | None:
    """Post box, extension, street, locality, region, code, country: parts without a column of their own are street."""
    parts = [""] * PARTS
    for name, value in said.items():
        place = ADDRESS_PARTS.get(name, STREET)
        parts[place] = f"{parts[place]}, {value}" if parts[place] else str(value)
    return parts if any(parts) else None


def _written(name: str, kind: str, value) -> str:
    if name == "adr":
        return ";".join(_escaped(part) for part in value)
    if kind == "date":
        return value.replace("-", "")
    return value if kind in ("uri", "language-tag") else _escaped(value)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def _folded(line: str) -> str:
    """At most 75 bytes to a line, no letter cut in two (RFC 6350, 3.2)."""
    lines, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > FOLD_AT:
            lines.append(" ")
            length = 1
        lines[-1] += letter
        length += size
    return "\r\n".join(lines)
