"""Wordings of consent: stored before anybody is asked, one version for each wording (L18, N32)."""

from django.db import transaction

from privacy import registry
from privacy.actions.trail import note
from privacy.models import ConsentText


class NoWording(Exception):
    """Nobody can agree to a question that has no stored wording in their language."""


def text_for(purpose: str, language: str) -> ConsentText:
    """The live wording of a purpose in a language. Raises NoWording with a sentence for the editor."""
    text = ConsentText.objects.filter(purpose=purpose, language=language, live=True).order_by("-version").first()
    if text is None:
        raise NoWording(f"There is no live consent wording for {purpose} in {language}: write one first.")
    return text


def publish_text(*, purpose, language, wording, how_to_withdraw, valid_months, by) -> ConsentText:
    """Make this the live wording; the same wording again is the same version, a new one retires the old.

    A yes that stands goes on standing for the words it was given to, and is shown with them; whoever wants a yes to the
    new words asks again.
    """
    latest = _latest(purpose, language)
    new = _new(purpose, language, wording, how_to_withdraw, valid_months, latest)
    if latest and latest.live and (latest.sha256, latest.valid_months) == (new.fingerprint(), valid_months):
        return latest
    with transaction.atomic():
        ConsentText.objects.filter(purpose=purpose, language=language, live=True).update(live=False)
        new.save()
        note("consent.wording_published", record=new, by=by, reason=purpose)
    return new


def publish_texts(*, by=None, codes=None) -> int:
    """Publish the wordings of every declared purpose, or of those named; returns how many were new."""
    before = ConsentText.objects.count()
    for purpose in registry.purposes():
        for language, wording in purpose.wordings.items() if codes is None or purpose.code in codes else ():
            publish_text(
                purpose=purpose.code,
                language=language,
                wording=wording.text,
                how_to_withdraw=wording.how_to_withdraw,
                valid_months=purpose.months,
                by=by,
            )
    return ConsentText.objects.count() - before


def file_text(*, purpose, language, wording, how_to_withdraw, valid_months, by) -> ConsentText:
    """Store a wording that people agreed to elsewhere, without asking anybody in these words again."""
    new = _new(purpose, language, wording, how_to_withdraw, valid_months, _latest(purpose, language))
    there = ConsentText.objects.filter(
        purpose=purpose, language=language, sha256=new.fingerprint(), valid_months=valid_months
    ).first()
    if there is not None:
        return there
    new.live = False
    new.save()
    note("consent.wording_filed", record=new, by=by, reason=purpose)
    return new


def _latest(purpose: str, language: str) -> ConsentText | None:
    return ConsentText.objects.filter(purpose=purpose, language=language).order_by("-version").first()


def _new(purpose, language, wording, how_to_withdraw, valid_months, latest) -> ConsentText:
    return ConsentText(
        purpose=purpose,
        language=language,
        version=latest.version + 1 if latest else 1,
        wording=wording,
        how_to_withdraw=how_to_withdraw,
        valid_months=valid_months,
    )
