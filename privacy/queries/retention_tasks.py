"""What the retention asks of the office: proposals, a stopped run, a backlog, a question about the clock (N54)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy import tasks, words
from privacy.queries.retention import desk

SEE = "privacy.view_retentionrun"
ALLOW = "privacy.change_retentionrun"
DECIDE = "privacy.change_retentionrule"


@tasks.source("retention")
def retention_tasks(day: date):
    """One task for each thing that stands still until somebody looks at it."""
    now = desk()
    home = reverse("privacy-retention")
    if now.clock:
        yield tasks.Task(
            "retention", _("Nothing was erased: confirm which day it is"), home, ALLOW, day, "GDPR Art 5(1)(e)"
        )
    if now.stopped is not None:
        yield tasks.Task(
            "retention",
            _("The nightly run stopped: look at its plan"),
            reverse("privacy-retention-run", args=[now.stopped.pk]),
            ALLOW,
            now.stopped.as_of,
            "GDPR Art 5(1)(e)",
        )
    if now.backlog:
        title = ngettext("%(n)d row waits for the next run", "%(n)d rows wait for the next runs", now.backlog) % {
            "n": now.backlog
        }
        yield tasks.Task("retention", title, home, SEE, None, "GDPR Art 5(1)(e)")
    for rule in now.proposed:
        title = _("A new period waits for approval: %(what)s") % {"what": words.class_title(rule.data_class)}
        url = reverse("privacy-retention-rule", args=[rule.data_class])
        yield tasks.Task("retention", title, url, DECIDE, rule.active_from, "GDPR Art 24(1)")
