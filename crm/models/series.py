"""Numbers without gaps for orders and invoices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given out in one series; raised in the transaction that uses it, so that none is lost."""

    code = models.SlugField(max_length=30, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="crm_series_has_a_code")]

    def __str__(self):
        return self.code
