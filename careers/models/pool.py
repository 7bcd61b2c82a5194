"""The talent pool: who agreed, separately, to hear about other vacancies (N32)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class TalentPoolEntry(models.Model):
    """As little as it takes to write to somebody about another job: no CV, no letter, no evaluation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="talent_pool")
    consent = models.ForeignKey("privacy.ConsentEvent", on_delete=models.PROTECT, related_name="+")
    full_name = SealedTextField(_("name"), owner="subject", max_length=120)
    email = SealedTextField(_("e-mail address"), owner="subject", max_length=190)
    interest = models.CharField(_("first applied for"), max_length=255)
    agreed_on = models.DateField(_("agreed on"))
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("talent pool entry")
        verbose_name_plural = _("talent pool")
        constraints = [models.UniqueConstraint(fields=["subject"], name="talent_pool_once_per_person")]

    def __str__(self):
        return f"Talent pool entry {str(self.pk)[:8]}"
