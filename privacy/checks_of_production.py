"""What `manage.py check --deploy` says of a production that has not been cleared by the office (L36)."""

from __future__ import annotations

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from privacy.queries.screenings import standings


@register(Tags.security, deploy=True)
def assessments_are_approved(app_configs=None, databases=None, **kwargs) -> list[Warning]:
    """privacy.W101: activities that do not begin because nobody has approved their assessment."""
    try:
        missing = [f"{each.activity.code} ({each.kind})" for each in standings() if each.is_missing]
    except DatabaseError:
        # A database that has not been migrated yet answers later.
        return []
    if not missing:
        return []
    return [
        Warning(
            f"{len(missing)} assessments are missing, so these activities do not begin: {', '.join(missing)}.",
            hint="In /admin/privacy/assessments/ one person writes the drafts and another approves them.",
            id="privacy.W101",
        )
    ]
