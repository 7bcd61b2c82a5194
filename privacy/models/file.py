"""A person's file: a sealed object in the storage `people`, and the row that knows it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField
from privacy.models.keys import Compartment


class StoredFile(models.Model):
    """One file of one person. Made and erased by `privacy.actions.files`, never by hand."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("not scanned")
        CLEAN = "clean", _("nothing found")
        INFECTED = "infected", _("malware found")
        FAILED = "failed", _("could not be scanned")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.CASCADE, related_name="files")
    compartment = models.CharField(max_length=4, choices=Compartment, default=Compartment.MAIN, editable=False)
    storage_name = models.CharField(max_length=80, unique=True, editable=False)
    display_name = SealedTextField(_("file name"), owner="subject", compartment_from="compartment", max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"), help_text=_("of the file as it was uploaded"))
    sealed_sha256 = models.CharField(max_length=64, editable=False)
    scan_state = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(condition=~models.Q(storage_name=""), name="stored_file_has_an_object"),
            models.CheckConstraint(
                condition=models.Q(compartment__in=Compartment.values), name="stored_file_compartment_known"
            ),
            models.CheckConstraint(
                condition=models.Q(scan_state__in=["not_scanned", "clean", "infected", "failed"]),
                name="stored_file_scan_state_known",
            ),
        ]

    def __str__(self):
        return f"File {str(self.pk)[:8]}"
