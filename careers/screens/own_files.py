"""On the applicant's own page: that a file still waits for the virus scanner (F15)."""

from django.utils.translation import gettext_lazy as _

from careers.screens.application_panels import Panel
from careers.uploads.scanning import may_be_seen


def own_panel(request, row) -> Panel | None:
    """Which files nobody can open yet, and that nothing needs to be done about it."""
    waiting = [each.file for each in row.files.select_related("file") if not may_be_seen(each.file.scan_state)]
    return Panel(_("Being checked"), "careers/own/files_waiting.html", {"files": waiting}) if waiting else None
