"""Sealed columns: bytes in the database, a plain value on the instance, opened only when somebody reads it (T35).

    notes = SealedTextField(owner="subject", compartment="main", blank=True)

- `owner` is the way to the person: `subject`, or through foreign keys `application__subject`. The primary key must be
  there before the first save (a UUID default), because a value is bound to its table, key and field. The compartment is
  `main` or `kept`, or, with `compartment_from="compartment"`, the one that the row names.
- Reading opens lazily. A value whose key was destroyed reads as `vault.GONE` (empty and false); a changed one raises
  `vault.Damaged`. `read_sealed` tells the three apart without raising.
- A value nobody changed is written back as the same bytes. `.update(field=…)` takes only None, "" or b"", which blanks
  it; `bulk_update` takes no new values. Queries may only ask whether it is empty: `filter(notes=b"")`.
- On the class, `<name>_sealed` is the raw slot; `dumpdata` leaves these columns out.
"""

from privacy.fields.kinds import SealedDateField, SealedJSONField, SealedTextField
from privacy.fields.sealed import Reading, Sealed, SealedField, read_sealed

__all__ = [
    "Reading",
    "Sealed",
    "SealedDateField",
    "SealedField",
    "SealedJSONField",
    "SealedTextField",
    "read_sealed",
]
