"""Data keys of people: made at the first seal, fetched many at a time, destroyed together."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import prefetch_related_objects

from privacy.vault.errors import KeyDestroyed
from privacy.vault.keyring import ring
from privacy.vault.sealing import meter, new_key, open_with, seal_with

COMPARTMENTS = ("main", "kept")
CHUNK = 1000
_CHEST = "_sealed_keys"


class KeyChest:
    """Keys of some people, fetched but not yet unwrapped; rows that are shown together share one.

    It is never pickled or copied with its keys: a row in a cache must not keep a key that erasure has destroyed.
    """

    def __init__(self):
        self._rows: dict[tuple[UUID, str], tuple[bytes, str] | None] = {}
        self._ciphers: dict[tuple[UUID, str], AESGCM] = {}

    def __reduce__(self):
        return (KeyChest, ())

    def fetch(self, subject_ids: Iterable, compartments: Iterable[str] = COMPARTMENTS) -> None:
        """Read the key rows of these people, one query per thousand; who has none is remembered too."""
        # In the order they came in: rows written together lie together.
        wanted, compartments = list(dict.fromkeys(map(_as_uuid, subject_ids))), tuple(compartments)
        self._rows.update({(pk, compartment): None for pk in wanted for compartment in compartments})
        model = _person_keys().model
        connection = connections[router.db_for_read(model)]
        for chunk in _chunks(wanted) if compartments else ():
            # By hand: what comes back is looked up among the keys asked for, and no row becomes an object on the way.
            where, values = _among(model, chunk, compartments, connection)
            with connection.cursor() as cursor:
                columns = "subject_id, compartment, wrapped, kek_id"
                cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} WHERE {where}", values)  # noqa: S608  our own names
                people = dict(zip(values, chunk, strict=False))
                for own, compartment, wrapped, kek_id in cursor.fetchall():
                    self._rows[people[own], compartment] = (bytes(wrapped), kek_id)

    def key(self, subject_id, compartment: str) -> bytes:
        """The data key; KeyDestroyed when the person has none, WrongKey, Damaged."""
        place = (_as_uuid(subject_id), compartment)
        if place not in self._rows:
            self.fetch([place[0]])
        row = self._rows[place]
        if row is None:
            raise KeyDestroyed
        wrapped, kek_id = row
        return ring().unwrap(wrapped, kek_id, aad=wrap_aad(*place))

    def key_to_seal(self, subject_id, compartment: str) -> bytes:
        """The data key, made now when the person has none. KeyDestroyed for someone who is erased or being erased."""
        try:
            return self.key(subject_id, compartment)
        except KeyDestroyed:
            self.make([(subject_id, compartment)])
            return self.key(subject_id, compartment)

    def make(self, places: Iterable[tuple]) -> None:
        """Make the keys that are missing among these (person, compartment); whoever was faster wins."""
        places = {(_as_uuid(pk), name) for pk, name in places}
        # In one order, so that two processes that make keys of the same people wait for each other and do not deadlock.
        missing = sorted(place for place in places if self._rows.get(place) is None)
        _refuse_erased([pk for pk, compartment in missing if compartment == "main"])
        _person_keys().bulk_create([_new_row(*place) for place in missing], ignore_conflicts=True, batch_size=CHUNK)
        self.fetch({pk for pk, _name in missing})

    def cipher(self, subject_id, compartment: str, *, to_seal: bool = False) -> AESGCM:
        """The cipher of a data key, kept so that many values of one person cost one set-up."""
        place = (_as_uuid(subject_id), compartment)
        cipher = self._ciphers.get(place)
        if cipher is None:
            cipher = self._ciphers[place] = AESGCM((self.key_to_seal if to_seal else self.key)(*place))
        return cipher


def seal(plaintext: bytes, *, subject_id, compartment: str, aad: bytes, chest: KeyChest | None = None) -> bytes:
    """Seal for one person; the key is made at the first seal. `aad` names the place: table, key and field."""
    return seal_with((chest or KeyChest()).cipher(subject_id, compartment, to_seal=True), plaintext, aad)


def unseal(sealed: bytes, *, subject_id, compartment: str, aad: bytes, chest: KeyChest | None = None) -> bytes:
    """Open what `seal` made. KeyDestroyed, Damaged or WrongKey otherwise."""
    cipher = (chest or KeyChest()).cipher(subject_id, compartment)
    meter.opened += 1
    return open_with(cipher, sealed, aad)


def data_key(*, subject_id, compartment: str, to_seal: bool = False) -> bytes:
    """The 32 bytes themselves, for streams. With `to_seal` a missing key is made, otherwise KeyDestroyed."""
    chest = KeyChest()
    return (chest.key_to_seal if to_seal else chest.key)(subject_id, compartment)


def destroy_keys(subject_ids: Iterable, compartments: Iterable[str]) -> int:
    """Delete the keys of these people in these compartments: what they sealed is gone. Returns how many there were."""
    model, compartments, count = _person_keys().model, tuple(compartments), 0
    if not compartments:
        return count
    using = router.db_for_write(model)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # Straight to the table: nothing hangs on a key, so no row need be read first to see what would go with it.
        for chunk in _chunks(list(dict.fromkeys(map(_as_uuid, subject_ids)))):
            where, values = _among(model, chunk, compartments, connections[using])
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {where}", values)  # noqa: S608  our own names
            count += cursor.rowcount
    return count


def unlock(rows: Iterable) -> list:
    """The rows as a list, with the keys of all their sealed fields fetched in one query; nothing is opened yet."""
    rows = list(rows)
    _attach(rows)
    return rows


def prepare(rows: Iterable) -> list:
    """`unlock`, and make the keys that are missing: for rows about to be written in bulk."""
    rows = list(rows)
    chest, places = _attach(rows)
    chest.make(places)
    return rows


def chest_of(row) -> KeyChest:
    """The chest of a row; a row that was not unlocked gets its own, which fetches when first asked."""
    if _CHEST not in row.__dict__:
        row.__dict__[_CHEST] = KeyChest()
    return row.__dict__[_CHEST]


def _attach(rows: list) -> tuple[KeyChest, set]:
    chest, places = KeyChest(), set()
    for model, group in _by_model(rows).items():
        fields = sealed_fields(model)
        for parents in {field.owner_parents for field in fields} - {""}:
            prefetch_related_objects(group, parents)
        places |= {(field.owner_id(row), field.compartment_of(row)) for field in fields for row in group}
        for row in group:
            row.__dict__[_CHEST] = chest
    places = {place for place in places if place[0] is not None}
    chest.fetch({subject_id for subject_id, _compartment in places}, {compartment for _id, compartment in places})
    return chest, places


def sealed_fields(model) -> list:
    """The sealed fields of a model."""
    return [field for field in model._meta.concrete_fields if getattr(field, "is_sealed", False)]


def _by_model(rows) -> dict:
    groups = defaultdict(list)
    for row in rows:
        groups[type(row)].append(row)
    return groups


def _among(model, subject_ids: list, compartments: tuple, connection) -> tuple[str, list]:
    """A condition and its values, those of the people first."""
    column = model._meta.get_field("subject")
    people = [column.get_db_prep_value(pk, connection) for pk in subject_ids]
    marks = [", ".join(["%s"] * len(values)) for values in (people, compartments)]
    return f"subject_id IN ({marks[0]}) AND compartment IN ({marks[1]})", [*people, *compartments]


def wrap_aad(subject_id: UUID, compartment: str) -> bytes:
    """Binds a wrapped key to its person and compartment, so that key rows cannot be swapped."""
    return f"person-key/{subject_id}/{compartment}".encode()


def _new_row(subject_id: UUID, compartment: str):
    wrapped, kek_id = ring().wrap(new_key(), aad=wrap_aad(subject_id, compartment))
    model = apps.get_model("privacy", "PersonKey")
    return model(subject_id=subject_id, compartment=compartment, wrapped=wrapped, kek_id=kek_id)


def _refuse_erased(subject_ids: list[UUID]) -> None:
    # A page opened before an erasure must not bring the person back by saving afterwards.
    people = apps.get_model("privacy", "DataSubject").objects.filter(state__in=["erasing", "erased"])
    if any(people.filter(pk__in=chunk).exists() for chunk in _chunks(subject_ids)):
        raise KeyDestroyed("This person has been erased; nothing new is stored about them.")


def _as_uuid(pk) -> UUID:
    return pk if isinstance(pk, UUID) else UUID(str(pk))


def _person_keys():
    return apps.get_model("privacy", "PersonKey").objects


def _chunks(items: list) -> Iterable[list]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
