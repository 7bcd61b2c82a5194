"""Wrapped data keys. Deleting a `PersonKey` takes everything that was sealed with it out of reach."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Compartment(models.TextChoices):
    MAIN = "main", _("everyday data")
    KEPT = "kept", _("what the law makes us keep")


class PersonKey(models.Model):
    """The data key of one person for one compartment, wrapped with a key from outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.CASCADE, related_name="keys", editable=False)
    compartment = models.CharField(max_length=4, choices=Compartment, editable=False)
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=16, db_index=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person's key")
        verbose_name_plural = _("people's keys")
        constraints = [
            models.UniqueConstraint(fields=["subject", "compartment"], name="person_key_once_per_compartment"),
            models.CheckConstraint(
                condition=models.Q(compartment__in=Compartment.values), name="person_key_compartment_known"
            ),
        ]

    def __str__(self):
        return f"Person's key {str(self.pk)[:8]}"


class ServiceKey(models.Model):
    """A key of the house itself, such as the one behind the blind index; wrapped like a person's, named by its use."""

    name = models.CharField(max_length=40, unique=True, editable=False)
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=16, db_index=True, editable=False)

    class Meta:
        verbose_name = _("service key")
        verbose_name_plural = _("service keys")

    def __str__(self):
        return f"Service key {self.name}"
