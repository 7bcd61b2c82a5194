"""A notice from before this site, taken in byte for byte as version 1, with its errors (N67, T2, T5)."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from privacy.actions.notice_versions import BEFORE, NoticeRefused, State, today
from privacy.actions.trail import actor_id, note
from privacy.models import NoticeText, NoticeVersion

MOST_BYTES = 512 * 1024
BOM = b"\xef\xbb\xbf"


@transaction.atomic
def import_notice(content: bytes, *, published_on: date, language: str, by=None) -> NoticeText:
    """Keep this file as version 1 in its language. The same file again is the same version and changes nothing.

    Raises NoticeRefused for a file that is empty, too large or no text, for a day to come or after our own first
    version, and for another text than the one that is version 1 already.
    """
    digest = hashlib.sha256(content).hexdigest()
    if published_on > today():
        raise NoticeRefused(_("That day has not come yet; a notice is taken in with the day it was published."))
    known = NoticeText.objects.filter(version__number=BEFORE, language=language).select_related("version").first()
    if known is not None:
        return _same(known, digest, published_on)
    body, encoding = _decoded(content)
    version = _version(published_on, by)
    text = NoticeText.objects.create(
        version=version, language=language, body=body, original=content, encoding=encoding, sha256=digest
    )
    note("notice.imported", record=version, by=by, reason=language)
    return text


def _same(known: NoticeText, digest: str, published_on: date) -> NoticeText:
    if known.sha256 != digest:
        raise NoticeRefused(_("Version 1 is there already and says something else. Versions are never changed."))
    if known.version.published_on != published_on:
        raise NoticeRefused(
            _("Version 1 was taken in with another date, %(day)s. Versions are never changed.")
            % {"day": known.version.published_on.isoformat()}
        )
    return known


def _decoded(content: bytes) -> tuple[str, str]:
    """(text, encoding) of a file in UTF-8, with or without a mark, or Windows-1252."""
    if not content.strip():
        raise NoticeRefused(_("The file is empty; nothing was taken in."))
    if len(content) > MOST_BYTES:
        raise NoticeRefused(_("The file is larger than 512 kB, which no notice is; nothing was taken in."))
    encodings = ["utf-8-sig"] if content.startswith(BOM) else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and text.strip():
            return text, encoding
    raise NoticeRefused(_("The file is no text in UTF-8 or Windows-1252; nothing was taken in."))


def _version(published_on: date, by) -> NoticeVersion:
    """Version 1; in force until our own first version, and superseded at once where that is published already."""
    version = NoticeVersion.objects.filter(number=BEFORE).first()
    if version is not None:
        if version.published_on != published_on:
            raise NoticeRefused(
                _("Version 1 was taken in with another date, %(day)s. Versions are never changed.")
                % {"day": version.published_on.isoformat()}
            )
        return version
    first = NoticeVersion.objects.filter(number__gt=BEFORE).order_by("number").first()
    if first is not None and first.published_on < published_on:
        raise NoticeRefused(_("Version 1 must be older than the version after it. Check the date."))
    return NoticeVersion.objects.create(
        number=BEFORE,
        state=State.CURRENT if first is None else State.SUPERSEDED,
        imported=True,
        published_on=published_on,
        effective_from=published_on,
        created_by=actor_id(by),
    )
