"""The versions of the notice: which is in force, what differs from the register, who was told (N64, N66)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy.models import NoticeText, NoticeVersion, RetentionRule
from privacy.periods import LEAD
from privacy.queries.notice_facts import change_text, is_planning, notice_facts, notice_text
from privacy.rules import notices as rules
from privacy.rules.deadlines import oslo_date

State = NoticeVersion.State
PENDING = (State.TELLING, State.SCHEDULED)
IN_FORCE = (State.SCHEDULED, State.CURRENT)
PUBLISHED = (State.TELLING, State.SCHEDULED, State.CURRENT, State.SUPERSEDED)
_SECTION = re.compile(r"<section\b[^>]*>.*?</section>", re.S)
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.S)


@dataclass(frozen=True)
class Drift:
    """One thing the register says and the notice does not: which section it is about, in a sentence, and its weight."""

    section: str
    sentence: str
    material: bool


def version_in_force(*, day: date | None = None) -> NoticeVersion | None:
    """The version that applies on this Oslo day, by its own day: no job has to have run first."""
    day = day or oslo_date(timezone.now())
    told = NoticeVersion.objects.filter(state__in=IN_FORCE, effective_from__lte=day)
    return told.order_by("-effective_from", "-number").first()


def pending_version(*, day: date | None = None) -> NoticeVersion | None:
    """The version that has been published and does not apply yet, or None."""
    day = day or oslo_date(timezone.now())
    waiting = NoticeVersion.objects.filter(state__in=PENDING).exclude(effective_from__lte=day)
    return waiting.order_by("-number").first()


def draft_version() -> NoticeVersion | None:
    """The one draft there may be."""
    return NoticeVersion.objects.filter(state=State.DRAFT).first()


def published_versions() -> list[NoticeVersion]:
    """Every version that was ever published, the newest first, with its texts."""
    return list(NoticeVersion.objects.filter(state__in=PUBLISHED).prefetch_related("texts").order_by("-number"))


def published_version(number: int) -> NoticeVersion | None:
    """One published version by its number."""
    found = NoticeVersion.objects.filter(state__in=PUBLISHED, number=number)
    return found.prefetch_related("texts").first()


def text_of(version: NoticeVersion, language: str) -> NoticeText | None:
    """The words of a version in this language; of one that has only another language, those."""
    texts = {each.language: each for each in version.texts.all()}
    return texts.get(language) or next(iter(texts.values()), None)


def version_url(version: NoticeVersion, language: str) -> str:
    """The permanent address of a version in a language, below this site."""
    return reverse("privacy:notice-version", args=[language, version.number])


def notice_reference(language: str, *, day: date | None = None) -> dict[str, str]:
    """{"version", "published", "sha256", "url"} of the notice in force: what receipts and copies point at (N37, N64).

    Empty texts while no version is published.
    """
    version = version_in_force(day=day)
    text = text_of(version, language) if version else None
    if text is None:
        return {"version": "", "published": "", "sha256": "", "url": ""}
    return {
        "version": str(version.number),
        "published": version.published_on.isoformat(),
        "sha256": text.sha256,
        "url": settings.BASE_URL + version_url(version, text.language),
    }


def changes_since(version: NoticeVersion | None, *, day: date | None = None) -> list[rules.Change]:
    """What the register says and this version did not; [] for one that was taken in from outside or for none.

    Longer periods that are approved and wait for the notice are among them. With ``day``: as of that day to come.
    """
    if version is None or not version.facts:
        return []
    found = rules.changes(version.facts, notice_facts(day=day))
    coming = rules.changes(version.facts, notice_facts(day=coming_day())) if day is None else []
    waiting = [each for each in coming if each.code == "period_longer" and each not in found]
    return sorted([*found, *waiting], key=lambda change: (not change.is_material, change))


def coming_day() -> date:
    """The first day a significant change can apply from: 14 days to tell, and every longer period on its own day."""
    soonest = rules.soonest_wanted(oslo_date(timezone.now()))
    waiting = RetentionRule.objects.filter(state=RetentionRule.State.APPROVED)
    return max([soonest, *waiting.exclude(active_from=None).values_list("active_from", flat=True)])


def notice_drift() -> list[Drift]:
    """Where the newest published version and the register differ, in sentences of the active language (N64, T10).

    A version that is being told counts: what it says is on its way. Words that differ without a fact behind them are
    named by the heading they stand under. Without a version of our own the one sentence is that it is missing.
    """
    version = NoticeVersion.objects.filter(state__in=PUBLISHED, imported=False).order_by("-number").first()
    if version is None:
        missing = _("No version of the site’s own notice has been published yet.")
        return [Drift(_("The whole notice"), missing, material=True)]
    day = version.wanted_from if version.is_pending else None
    changes = changes_since(version, day=day)
    facts = [Drift(_section_of(each), change_text(each), each.is_material) for each in changes]
    return facts or _words_that_differ(version, day)


def _section_of(change: rules.Change) -> str:
    if change.about == "controller":
        return _("Who is responsible")
    return _("Who receives data") if change.code.startswith("recipient_") else _("Purposes and periods")


def _words_that_differ(version: NoticeVersion, day: date | None) -> list[Drift]:
    found = []
    for text in version.texts.all():
        for heading in _sections_that_differ(text.body, notice_text(text.language, day=day)[1]):
            sentence = _("The wording of “%(heading)s” is another one now.") % {"heading": heading}
            found.append(Drift(heading, sentence, material=False))
    return found


def _sections_that_differ(old: str, new: str) -> list[str]:
    if old == new:
        return []
    before, after = _by_heading(old), _by_heading(new)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return names or [_("The whole notice")]


def _by_heading(body: str) -> dict[str, str]:
    sections = {}
    for part in _SECTION.findall(body):
        heading = _HEADING.search(part)
        sections[strip_tags(heading.group(1)) if heading else ""] = part
    rest = _SECTION.sub("", body)
    return {**sections, _("Contents and additions"): rest}


def tells_period(model: str, period: str, *, day: date | None = None) -> bool:
    """Whether the version in force on this day says that records of this class may be kept this long (N64, T10).

    ``period`` is ISO ("P42M"); ``model`` a declared class ("crm.Order"). The hook of longer retention rules.
    """
    version = version_in_force(day=day)
    if version is None:
        return False
    told = [each["keep"][model] for each in version.facts.get("purposes", {}).values() if model in each["keep"]]
    return any("period" not in keep or not rules.is_longer(period, than=keep["period"]) for keep in told)


def tells(rule: RetentionRule, day: date) -> bool:
    """Whether a longer period may rule on this day: the notice of that day says so (asked by `privacy.periods`).

    Before there is a notice of our own, or under one taken in from before, it is the time people have to hear of it.
    """
    version = version_in_force(day=day)
    if is_planning():
        return True
    if version is None or version.imported:
        approved = oslo_date(rule.approved_at) if rule.approved_at else day
        return rule.active_from is not None and rule.active_from >= approved + LEAD and day >= rule.active_from
    return tells_period(rule.data_class, rule.period, day=day)


def told_counts(version: NoticeVersion) -> dict[str, int]:
    """{state: how many persons} of what was sent about one version."""
    rows = version.mails.values_list("state").annotate(count=Count("pk")).order_by("state")
    return dict(rows)


def default_changes(language: str, changes: list[rules.Change]) -> str:
    """What changes, a line each, in this language: the draft's first words."""
    with override(language):
        return "\n".join(change_text(each) for each in changes)
