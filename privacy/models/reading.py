"""Who on staff looked at whose record, what for, and whether it was theirs to look after (L47, T38)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class StaffRead(models.Model):
    """One member of staff opened one record of one person on one day; kept for 12 months."""

    class Purpose(models.TextChoices):
        CUSTOMER = "customer", _("looking after a customer")
        RECRUITMENT = "recruitment", _("handling an application")
        RIGHTS = "rights", _("answering a request")
        COPY = "copy", _("making a copy for the person")
        BREACH = "breach", _("looking into a breach")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="reads")
    actor = models.UUIDField()
    # What the reader was at the time ("sales", "hr"): the person is told the part, not the colleague's name.
    role = models.CharField(_("who"), max_length=60, blank=True)
    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose, blank=True)
    # Whether the record was the reader's to look after at that moment; None where nobody in particular looks after it.
    assigned = models.BooleanField(null=True, blank=True)
    model = models.CharField(_("what"), max_length=80)
    object_pk = models.CharField(max_length=64)
    on = models.DateField(_("day"))
    first_at = models.DateTimeField(_("first looked at"), default=timezone.now)

    class Meta:
        verbose_name = _("look at a record")
        verbose_name_plural = _("looks at records")
        # Looking for one string everywhere is the widest look there is, so it is a right of its own.
        permissions = [("find_staffread", "Can look for one string everywhere")]
        indexes = [
            models.Index(fields=["subject", "on"], name="staff_read_by_subject"),
            models.Index(fields=["first_at"], name="staff_read_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["actor", "model", "object_pk", "on"], name="staff_read_once_a_day")
        ]

    def __str__(self):
        return f"Look {str(self.pk)[:8]}"


class ReadReview(models.Model):
    """Somebody has gone through the looks outside one's own work of one week, and what came of it (T38)."""

    class Finding(models.TextChoices):
        EXPECTED = "expected", _("all of it was work")
        ASKED = "asked", _("somebody was asked, and could say why")
        FOLLOWED_UP = "followed_up", _("taken up with somebody")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The Monday of the week.
    week = models.DateField(_("week"), unique=True)
    reads = models.PositiveIntegerField(default=0)
    outside = models.PositiveIntegerField(default=0)
    finding = models.CharField(_("what came of it"), max_length=12, choices=Finding)
    reviewed_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("review of looks")
        verbose_name_plural = _("reviews of looks")
        ordering = ["-week"]

    def __str__(self):
        return f"Review {self.week.isoformat()}"


class OfficeDigest(models.Model):
    """The mail of one day about what is late, so that no day has two (L35)."""

    on = models.DateField(primary_key=True)
    late = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("daily mail to the office")
        verbose_name_plural = _("daily mails to the office")

    def __str__(self):
        return f"Digest {self.on.isoformat()}"
