"""Which hiring leader may read the applications for which vacancy, and until when (N31)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class VacancyShare(models.Model):
    """One vacancy, with all its languages, shared with one member of staff through `until`, that day included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vacancy = models.ForeignKey(
        "careers.VacancyPage", on_delete=models.CASCADE, related_name="shares", verbose_name=_("vacancy")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateField(_("until"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("shared vacancy")
        verbose_name_plural = _("shared vacancies")
        constraints = [models.UniqueConstraint(fields=["vacancy", "user"], name="vacancy_shared_once_per_user")]

    def __str__(self):
        return f"Shared vacancy {str(self.pk)[:8]}"
