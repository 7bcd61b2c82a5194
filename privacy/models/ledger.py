"""What lives in the ledger database, where a restore of the main one cannot roll it back (L39, T34)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasureLedger(models.Model):
    """One erasure that was ordered: written before the first destructive step, replayed after a restore.

    ``scope`` is empty for a whole person, else {"app.Model": [uuid, …]}: only keys that are never used twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(db_index=True)
    cause = models.CharField(max_length=20)
    scope = models.JSONField(default=dict, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    replayed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self):
        return f"Ledger entry {str(self.pk)[:8]}"


class StopLedger(models.Model):
    """Something a person stopped: a restore of an older database must not start it again (L16, L21, L39).

    ``key`` is the purpose of a withdrawn consent, the activity objected to, the kind and keyed hash of an address, or
    the ground of a restriction; ``about`` says which of several: an application, a record. ``method`` is how, a code.
    """

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal", _("consent taken back")
        OBJECTION = "objection", _("objection")
        SUPPRESSION = "suppression", _("address without marketing")
        RESTRICTION = "restriction", _("restriction")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    key = models.CharField(max_length=80)
    about = models.CharField(max_length=160, blank=True)
    method = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("stop in the ledger")
        verbose_name_plural = _("stops in the ledger")

    def __str__(self):
        return f"Stop {str(self.pk)[:8]}"


class Signed(models.Model):
    """A row that says by whose key it was written; `privacy.signing` makes and checks the signature."""

    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)

    class Meta:
        abstract = True


class TrailCheckpoint(models.Model):
    """The head of the trail at one moment, signed, outside the main database: a cut tail shows (T33)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    last_entry = models.PositiveBigIntegerField()
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self):
        return f"Checkpoint {self.number}"


class TrailPurge(Signed):
    """The stub of a part of the trail whose time was up: whole seals, so that the rest still verifies from here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_seal = models.PositiveBigIntegerField()
    last_seal = models.PositiveBigIntegerField(unique=True)
    first_entry = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    count = models.PositiveBigIntegerField()
    seal_digest = models.CharField(max_length=64)
    newest_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("purge of the trail")
        verbose_name_plural = _("purges of the trail")

    def __str__(self):
        return f"Purge up to seal {self.last_seal}"


class TrailRedaction(Signed):
    """One entry whose words were taken out lawfully: the fingerprint before, and that of what stands there now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.PositiveBigIntegerField()
    uid = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    reason_code = models.CharField(max_length=20)
    asked_by = models.UUIDField()
    approved_by = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("redaction of the trail")
        verbose_name_plural = _("redactions of the trail")

    def __str__(self):
        return f"Redaction of entry {self.entry}"


class TrailLoss(Signed):
    """Seals the ledger knows and the main database lost, and why that is no tampering (F07, T34).

    The seals after ``after_seal`` up to ``lost_to`` are gone; the next seal is numbered after ``lost_to``, so that no
    number is used twice.
    """

    class Cause(models.TextChoices):
        RESTORE = "restore", _("restored from a backup")
        FAILOVER = "failover", _("failover to a database that was behind")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cause = models.CharField(max_length=10, choices=Cause)
    after_seal = models.PositiveBigIntegerField()
    after_digest = models.CharField(max_length=64)
    lost_to = models.PositiveBigIntegerField()
    backup_made_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("loss of the trail")
        verbose_name_plural = _("losses of the trail")
        constraints = [
            models.CheckConstraint(condition=models.Q(lost_to__gt=models.F("after_seal")), name="trail_loss_lost_some")
        ]

    def __str__(self):
        return f"Loss after seal {self.after_seal}"


class ClockMark(models.Model):
    """The latest moment a clock-driven run has believed, outside the main database: a clock set back or forward shows
    against it (F17). ``confirmed_at`` and ``confirmed_by`` say whose word it rests on, when it rests on one."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("mark of the clock")
        verbose_name_plural = _("marks of the clock")

    def __str__(self):
        return f"Clock of {self.name}"
