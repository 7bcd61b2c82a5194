"""A customer or a possible one: a company, never a person."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm import rules


class Organisation(models.Model):
    """One company, with its number in the Norwegian register where it has one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=160)
    org_number = models.CharField(
        _("organisation number"), max_length=9, blank=True, help_text=_("Nine digits; spaces are fine.")
    )
    visiting_address = models.CharField(_("visiting address"), max_length=200, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="NO")
    phone = models.CharField(_("switchboard"), max_length=20, blank=True)
    website = models.URLField(_("website"), blank=True)
    # The last order, delivery or conversation with anybody there: it keeps those who work there a little longer (T11).
    active_on = models.DateField(_("last active"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    search = models.CharField(max_length=600, blank=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_number"],
                condition=~Q(org_number=""),
                name="crm_organisation_number_once",
                violation_error_message=_("An organisation with this number is already here."),
            ),
            models.CheckConstraint(
                condition=Q(org_number="") | Q(org_number__regex=r"^[0-9]{9}$"),
                name="crm_organisation_number_nine_digits",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="crm_organisation_has_a_name"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="crm_organisation_country_code"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search = rules.search_text(self.name, self.org_number, self.city)[:600]
        super().save(*args, **kwargs)
