"""One vacancy, several languages: what is published on one page holds on all of them (L41)."""

from django.db import transaction
from django.utils import timezone

from careers.actions.keeping import follow_closing_of
from careers.models import Hiring, VacancyPage
from careers.rules.adverts import SHARED


@transaction.atomic
def share_facts(page, *, by) -> int:
    """The page was published: its other languages get the facts that are not words, public row and draft alike.

    Undecided applications follow the closing day at once. Returns how many pages were changed.
    """
    changed = set_facts(
        VacancyPage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk),
        {name: getattr(page, name) for name in SHARED},
        by=by,
    )
    follow_closing_of(Hiring.objects.filter(reference=page.reference).first() or Hiring(reference=page.reference))
    return changed


def set_facts(pages, facts: dict, *, by) -> int:
    """Write these values into the pages and into what is being written of them. Returns how many pages were changed.

    A draft keeps everything else: whoever is translating loses no word, and publishing it later brings nothing back.
    """
    changed = 0
    for page in pages.order_by("pk"):
        draft = page.get_latest_revision_as_object()
        in_row, in_draft = _differs(page, facts), page.latest_revision_id is not None and _differs(draft, facts)
        if in_row:
            published = {"last_published_at": timezone.now()} if page.live else {}
            VacancyPage.objects.filter(pk=page.pk).update(**facts, **published)
        if in_draft:
            _set_in_draft(page, draft, facts, by)
        changed += in_row or in_draft
    return changed


def _set_in_draft(page, draft, facts, by) -> None:
    for name, value in facts.items():
        setattr(draft, name, value)
    # A version that waits for its day goes on waiting, with the new facts in it.
    waits = page.latest_revision.approved_go_live_at
    page.revisions.filter(pk=page.latest_revision_id).update(approved_go_live_at=None)
    revision = draft.save_revision(
        user=by, changed=page.has_unpublished_changes, clean=False, approved_go_live_at=waits
    )
    if page.live and not page.has_unpublished_changes:
        # Nothing is waiting to be published: the draft is the public page, and stays that.
        VacancyPage.objects.filter(pk=page.pk).update(live_revision=revision)


def _differs(page, facts) -> bool:
    return any(getattr(page, name) != value for name, value in facts.items())
