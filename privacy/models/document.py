"""Papers of the office: an agreement, an order, a signed statement. Sealed, each under a key of its own."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OfficeDocument(models.Model):
    """One paper that a decision rests on. Made, opened and destroyed by `privacy.actions.documents`, never by hand.

    ``sha256`` is the digest of the paper as it was handed in: what was decided on can be shown to be what lies here.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("agreement with a recipient")
        ORDER = "order", _("an authority's order")
        STATEMENT = "statement", _("signed confidentiality statement")
        BREACH = "breach", _("paper of a breach")
        HOLD = "hold", _("ground of a hold")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    storage_name = models.CharField(max_length=80, unique=True, editable=False)
    display_name_sealed = models.BinaryField(editable=False)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, editable=False)
    filed_at = models.DateTimeField(default=timezone.now, editable=False)
    filed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("paper of the office")
        verbose_name_plural = _("papers of the office")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="office_document_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=["agreement", "order", "statement", "breach", "hold"]),
                name="office_document_kind_known",
            ),
        ]

    def __str__(self):
        return f"Paper {str(self.pk)[:8]}"

    @property
    def key_name(self) -> str:
        """Name of the service key that seals this paper alone; deleting that key takes the paper out of reach."""
        return f"paper/{self.pk.hex}"
