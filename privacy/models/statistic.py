"""Numbers that outlive the rows they were counted from (N57, T32)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Statistic(models.Model):
    """How many there were of one value in one closed month. Counted once, never again: the database refuses a change.

    ``value`` is a code from a closed list; "" is the total of the measure, present for every month that was counted.
    """

    measure = models.CharField(_("measure"), max_length=60)
    month = models.DateField(_("month"))
    value = models.CharField(_("value"), max_length=60, blank=True)
    count = models.PositiveIntegerField(_("count"))
    computed_at = models.DateTimeField(_("counted"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        constraints = [models.UniqueConstraint(fields=["measure", "month", "value"], name="statistic_counted_once")]

    def __str__(self):
        return f"{self.measure} {self.month:%Y-%m} {self.value}".rstrip()
