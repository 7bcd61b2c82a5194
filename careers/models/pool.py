"""The talent pool: who agreed, separately, to hear about other vacancies (N32)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class TalentPoolEntry(models.Model):
    """As little as it takes to write to somebody about another job: no CV, no letter, no evaluation.

    `first_agreed_on` is the day of the first yes, `agreed_on` that of the one that counts, `ends_on` the last day on
    which it allows anything. One yes more is possible (`renewed_on`), and 24 months after the first it is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="talent_pool")
    consent = models.ForeignKey("privacy.ConsentEvent", on_delete=models.PROTECT, related_name="+")
    full_name = SealedTextField(_("name"), owner="subject", max_length=120)
    email = SealedTextField(_("e-mail address"), owner="subject", max_length=190)
    interest = models.CharField(_("first applied for"), max_length=255)
    agreed_on = models.DateField(_("agreed on"))
    first_agreed_on = models.DateField(_("first agreed on"))
    ends_on = models.DateField(_("agreed until"))
    renewed_on = models.DateField(_("renewed on"), null=True, blank=True)
    # The day we asked whether the person wants to stay; asked once.
    asked_on = models.DateField(_("asked to renew on"), null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("talent pool entry")
        verbose_name_plural = _("talent pool")
        indexes = [
            models.Index(fields=["ends_on"], name="talent_pool_by_end"),
            models.Index(fields=["first_agreed_on"], name="talent_pool_by_first_yes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject"], name="talent_pool_once_per_person"),
            models.CheckConstraint(
                condition=Q(first_agreed_on__lte=F("agreed_on"), ends_on__gte=F("agreed_on")),
                name="talent_pool_days_in_order",
            ),
        ]

    def __str__(self):
        return f"Talent pool entry {str(self.pk)[:8]}"


class PoolMail(models.Model):
    """That somebody in the talent pool was written to about one vacancy: once, whatever happens to the mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(TalentPoolEntry, on_delete=models.CASCADE, related_name="mails")
    vacancy_reference = models.CharField(_("reference"), max_length=20)
    vacancy_title = models.CharField(_("vacancy"), max_length=255)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("mail to the talent pool")
        verbose_name_plural = _("mails to the talent pool")
        constraints = [
            models.UniqueConstraint(fields=["entry", "vacancy_reference"], name="pool_mail_once_per_vacancy")
        ]

    def __str__(self):
        return f"Mail to the talent pool {str(self.pk)[:8]}"
