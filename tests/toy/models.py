"""A guest house: a third owner beside customers and careers, with one model for each shape the engine knows."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.fields import SealedTextField


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"


class Guest(Row):
    """Somebody who visits. Goes by a clock that starts on a day."""

    subject = models.ForeignKey("privacy.DataSubject", models.PROTECT, related_name="+")
    name = models.CharField("name", max_length=100)
    email = models.EmailField(blank=True)
    phone = SealedTextField(owner="subject", blank=True, max_length=40)
    diet = models.JSONField(default=list, blank=True)
    door_code = models.CharField(max_length=100, blank=True)
    next_of_kin = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, default="day", choices=[("day", "for a day"), ("week", "for a week")])
    visited_on = models.DateField("visit", null=True, blank=True)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")


class Booking(Row):
    """Hangs on its guest, runs on its guest's clock, and is held while it is open."""

    guest = models.ForeignKey(Guest, models.CASCADE, related_name="bookings")
    subject = models.ForeignKey("privacy.DataSubject", models.PROTECT, related_name="+")
    wish = SealedTextField(owner="guest__subject", blank=True)
    open = models.BooleanField(default=False)
    open_until = models.DateField(null=True, blank=True)


class Meal(Row):
    """Goes with its booking."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="meals")
    dish = models.CharField(max_length=100)


class Bill(Row):
    """What the bookkeeping law keeps: the buyer's name stays, the note does not."""

    subject = models.ForeignKey("privacy.DataSubject", models.PROTECT, related_name="+")
    issued_on = models.DateField()
    buyer_name = SealedTextField(owner="subject", compartment="kept", max_length=100)
    amount = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    whisper = SealedTextField(owner="subject", blank=True)
    tip = models.IntegerField(null=True, blank=True)


class Remark(Row):
    """Stays when its writer goes, emptied and nobody's."""

    subject = models.ForeignKey("privacy.DataSubject", models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    signature = SealedTextField(owner="subject", blank=True)
    stars = models.PositiveSmallIntegerField(default=0)
    tags = models.JSONField(default=list, blank=True)
    more = models.JSONField(default=dict, blank=True)
    raw = models.BinaryField(blank=True, default=b"")
    written_at = models.DateTimeField(default=timezone.now)


class GuestFile(Row):
    """A file with a guest."""

    guest = models.ForeignKey(Guest, models.CASCADE, related_name="files")
    file = models.OneToOneField("privacy.StoredFile", models.PROTECT, related_name="+")
    caption = models.CharField(max_length=100, blank=True)


class DoorLog(models.Model):
    """A table of somebody else's: no foreign key, only the address as a keyed hash."""

    address_key = models.CharField(max_length=64, db_index=True)
    door = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Door log {self.pk}"


class Room(models.Model):
    """Holds nobody; who cleaned it last is an actor."""

    name = models.CharField(max_length=40)
    cleaned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    first_guest_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )

    def __str__(self):
        return f"Room {self.pk}"
