"""What lies in a sealed column, the attribute that opens it, and the field that the kinds share."""

from typing import Any, NamedTuple
from uuid import UUID

from django.core import checks, exceptions, validators
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.utils.functional import cached_property

from privacy.vault import GONE, Damaged, KeyDestroyed, seal, unseal
from privacy.vault.people import COMPARTMENTS, chest_of

_UNOPENED: Any = object()
EMPTY = (None, "", b"")


class Sealed:
    """Bytes as they lie in the column, and what they were opened to. Copies and pickles carry the bytes only."""

    __slots__ = ("data", "opened", "plain")

    def __init__(self, data: bytes, *, opened=_UNOPENED, plain: bytes = b""):
        self.data, self.opened, self.plain = data, opened, plain

    def __reduce__(self):
        return (Sealed, (self.data,))

    def __bool__(self):
        return bool(self.data)

    def __repr__(self):
        return f"<sealed, {len(self.data)} bytes>"


class SealedValue:
    """The attribute with the plain value, beside the raw slot `<name>_sealed`."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        raw = getattr(instance, self.field.attname)
        return self.field.opened(instance, raw) if isinstance(raw, Sealed) else raw

    def __set__(self, instance, value):
        raw = instance.__dict__.get(self.field.attname)
        # Forms assign every field: what is already there stays the same bytes.
        if not (isinstance(raw, Sealed) and raw.opened is not _UNOPENED and raw.opened == value):
            instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """What the sealed fields share; use one of its children."""

    is_sealed = True
    nothing: Any = None
    empty_values = (None, "", b"")

    def __init__(self, *args, owner="subject", compartment="main", compartment_from=None, **kwargs):
        self.owner, self.compartment, self.compartment_from = owner, compartment, compartment_from
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, validators.MaxLengthValidator)]
        # A dump would carry the values in the clear, or sealed without a key; a backup of the database is the way.
        self.serialize = False

    # Declaration

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        kwargs |= {"owner": self.owner, "compartment": self.compartment}
        if self.compartment_from:
            kwargs["compartment_from"] = self.compartment_from
        return name, f"privacy.fields.{type(self).__name__}", args, kwargs

    def get_attname(self):
        return f"{self.name}_sealed"

    def get_attname_column(self):
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.name, SealedValue(self))

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_place()]

    def _check_place(self):
        problems = []
        if self.compartment not in COMPARTMENTS:
            problems.append(checks.Error("compartment is main or kept.", obj=self, id="privacy.E101"))
        if self.null:
            problems.append(
                checks.Error("A sealed field is blank, never null: leave null out.", obj=self, id="privacy.E102")
            )
        if not self._owner_is_a_person():
            hint = "Give owner the path to privacy.DataSubject, for example subject or application__subject."
            problems.append(checks.Error("owner does not lead to a person.", hint=hint, obj=self, id="privacy.E103"))
        return problems

    def _owner_is_a_person(self) -> bool:
        model = self.model
        try:
            for part in self.owner.split("__"):
                model = model._meta.get_field(part).related_model
        except (FieldDoesNotExist, AttributeError):
            return False
        return (
            model is not None
            and getattr(model, "_meta", None) is not None
            and model._meta.label == "privacy.DataSubject"
        )

    def _check_str_default_value(self):
        return []

    # Whose it is and where it lies

    @property
    def owner_parents(self) -> str:
        """The part of the way that must be loaded before the person's key is known, as a prefetch path."""
        return self.owner.rpartition("__")[0]

    def owner_id(self, instance):
        """The key of the person, or None when the way ends early. Loads parents that are not loaded yet."""
        parents, last = self._way
        for part in parents:
            instance = getattr(instance, part)
            if instance is None:
                return None
        return getattr(instance, last)

    @cached_property
    def _way(self) -> tuple[list[str], str]:
        """The foreign keys to follow, and the column of the last one, which is read without loading the person."""
        *parents, last = self.owner.split("__")
        model = self.model
        for part in parents:
            model = model._meta.get_field(part).related_model
        return parents, model._meta.get_field(last).attname

    def compartment_of(self, instance) -> str:
        return str(getattr(instance, self.compartment_from)) if self.compartment_from else self.compartment

    def _place(self, instance) -> dict:
        pk = instance.pk if isinstance(instance.pk, UUID) else instance._meta.pk.to_python(instance.pk)
        aad = f"{instance._meta.db_table}/{pk}/{self.name}".encode()
        return {"compartment": self.compartment_of(instance), "aad": aad, "chest": chest_of(instance)}

    # Reading

    def from_db_value(self, value, expression, connection):
        return Sealed(bytes(value or b""))

    def opened(self, instance, raw: Sealed):
        """The plain value of a raw slot, remembered in it. GONE without its key; raises Damaged and WrongKey."""
        if raw.opened is _UNOPENED:
            raw.opened = self._open(instance, raw) if raw.data else self.empty()
        return raw.opened

    def _open(self, instance, raw: Sealed):
        subject_id = self.owner_id(instance)
        if subject_id is None:
            return GONE
        try:
            raw.plain = unseal(raw.data, subject_id=subject_id, **self._place(instance))
        except KeyDestroyed:
            return GONE
        return self.decode(raw.plain)

    def empty(self):
        """What an empty column reads as."""
        return self.get_default() if self.has_default() else self.nothing

    # Writing

    def pre_save(self, model_instance, add):
        raw = getattr(model_instance, self.attname)
        if not isinstance(raw, Sealed) or self._changed_inside(raw):
            raw = self._sealed(model_instance, raw.opened if isinstance(raw, Sealed) else raw)
            model_instance.__dict__[self.attname] = raw
        return raw

    def _changed_inside(self, raw: Sealed) -> bool:
        # A dictionary that was read can be changed in place.
        return raw.opened is not _UNOPENED and raw.opened is not GONE and self.encode(raw.opened) != raw.plain

    def _sealed(self, instance, value) -> Sealed:
        plain = self.encode(value)
        if not plain:
            return Sealed(b"", opened=self.empty())
        subject_id = self.owner_id(instance)
        if subject_id is None or instance.pk is None:
            raise ValueError(f"“{self.name}” is sealed for a person: give the record its person and its key first.")
        data = seal(plain, subject_id=subject_id, **self._place(instance))
        return Sealed(data, opened=self.decode(plain), plain=plain)

    def get_default(self):
        default = super().get_default()
        return self.nothing if default in EMPTY else default

    def get_prep_value(self, value):
        if isinstance(value, Sealed):
            return value.data
        if (
            value is None
            or value in EMPTY
            or value == self.nothing
            or (self.has_default() and value == self.get_default())
        ):
            return b""
        raise FieldError(f"“{self.name}” is sealed: set it on the record and save that; a query may only blank it.")

    def get_lookup(self, lookup_name):
        if lookup_name not in ("exact", "isnull"):
            raise FieldError(f"“{self.name}” is sealed: a query may only ask whether it is empty.")
        return super().get_lookup(lookup_name)

    # Forms

    def to_python(self, value):
        return value

    def clean(self, value, model_instance):
        # What is sealed already was checked when it was given.
        if isinstance(value, Sealed):
            if not value and not self.blank:
                raise exceptions.ValidationError(self.error_messages["blank"], code="blank")
            return value
        return super().clean(value, model_instance)

    def value_from_object(self, obj):
        return getattr(obj, self.name)

    def value_to_string(self, obj):
        raise FieldError(f"“{self.name}” is sealed and is not written out.")


class Reading(NamedTuple):
    """`state` is "open", "gone" or "damaged"; `value` is set when it is open."""

    value: Any
    state: str


def read_sealed(row, name: str) -> Reading:
    """Read one sealed field for a copy or a page that must go on when one value is damaged (F27)."""
    try:
        value = getattr(row, name)
    except Damaged:
        return Reading(None, "damaged")
    return Reading(None, "gone") if value is GONE else Reading(value, "open")
