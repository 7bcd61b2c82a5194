"""Who did what to which record and which fields; never a value (T28, L47)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TrailEntry(models.Model):
    """One act. Its digest is written with it; chaining happens in batches so that nobody waits. Append-only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=60)
    actor = models.UUIDField(null=True, blank=True)
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    model = models.CharField(max_length=80, blank=True)
    object_pk = models.CharField(max_length=64, blank=True)
    field_names = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail entries")
        indexes = [
            models.Index(fields=["model", "object_pk"], name="trail_by_record"),
            models.Index(fields=["at"], name="trail_by_time"),
        ]

    def __str__(self):
        return f"Trail entry {self.pk}"


class TrailSeal(models.Model):
    """A batch of entries folded into a chain: its digest covers every entry's key and digest, and the seal before.

    ``pks`` are the entries' keys as runs [first, how many], ``marks`` the first eight letters of each digest in order:
    not part of the proof, but with them a broken seal can name the first row that is wrong.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    first_entry = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    pks = models.JSONField(default=list, blank=True)
    marks = models.BinaryField(default=bytes, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("trail seal")
        verbose_name_plural = _("trail seals")

    def __str__(self):
        return f"Seal {self.number}"


class PurgePermit(models.Model):
    """Present only inside a purge's own transaction: the append-only triggers allow DELETE on the table it names."""

    table = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("purge permit")
        verbose_name_plural = _("purge permits")

    def __str__(self):
        return f"Permit {self.pk}"


class RedactionProposal(models.Model):
    """One member of staff asks that the words of an entry are taken out; another decides. The entry is named by key."""

    class Reason(models.TextChoices):
        PERSONAL_VALUE = "personal-value", _("it holds something about a person that should never have been there")
        COURT_ORDER = "court-order", _("a court or an authority has ordered it")
        THIRD_PERSON = "third-person", _("it names somebody the entry is not about")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        DONE = "done", _("carried out")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.PositiveBigIntegerField()
    uid = models.UUIDField()
    reason_code = models.CharField(max_length=20, choices=Reason)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposed redaction of the trail")
        verbose_name_plural = _("proposed redactions of the trail")
        constraints = [
            models.UniqueConstraint(
                fields=["uid"], condition=models.Q(state="proposed"), name="redaction_proposed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "done", "refused"]), name="redaction_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="redaction_by_two_persons",
            ),
        ]

    def __str__(self):
        return f"Proposed redaction {str(self.pk)[:8]}"


class Verification(models.Model):
    """One check of the whole trail and evidence, asked for by somebody or done at night, and what it found."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        GOOD = "good", _("nothing was changed")
        BAD = "bad", _("something was changed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    entries = models.PositiveBigIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("check of the trail")
        verbose_name_plural = _("checks of the trail")

    def __str__(self):
        return f"Check of {self.asked_at:%Y-%m-%d}"
