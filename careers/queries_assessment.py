"""Who has judged what: what one reader may see of it, and all of it without names for the equal-treatment pack."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from careers import blindness
from careers.models import Application, Assessment, Criterion, Hiring
from careers.queries import readable_by
from careers.rules.assessments import sees_others, without_person
from privacy.queries import active
from privacy.screens.scoping import unlock

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG = 6


@dataclass(frozen=True)
class Shown:
    """Assessments of one application as one reader may see them; `waiting` of others are hidden still."""

    own: Assessment | None
    others: list[Assessment]
    waiting: int
    may_see: bool
    # What of one's own was corrected later; it is kept beside the version in force.
    earlier: tuple[Assessment, ...] = ()

    @property
    def everything(self) -> list[Assessment]:
        """All this reader may see, their own first."""
        return [*([self.own] if self.own else []), *self.earlier, *self.others]


def shown_assessments(row, user) -> Shown:
    """Their own, and what others have handed in once the reader may see it. Earlier versions stay in sight."""
    rows = active(row.assessments.filter(submitted_at__isnull=False))
    rows = list(rows.select_related("author").prefetch_related("judgements__criterion").order_by("submitted_at"))
    _unlock_judgements(rows)
    own = [each for each in rows if each.author_id == user.pk]
    others = [each for each in rows if each.author_id != user.pk]
    abstains = blindness.abstains(user, row.vacancy_reference)
    may_see = sees_others(
        has_submitted=bool(own), abstains=abstains, has_closed=blindness.has_closed(row.vacancy_reference)
    )
    in_force = next((each for each in own if each.replaced_at is None), None)
    earlier = tuple(each for each in own if each.replaced_at is not None)
    return Shown(in_force, others if may_see else [], 0 if may_see else len(others), may_see, earlier)


def code_of(row) -> str:
    """What an application is called in the pack: always the same, not its key, and nothing about when it was sent."""
    number = int(salted_hmac("careers.pack", str(row.pk), algorithm="sha256").hexdigest(), 16)
    letters = ""
    for _place in range(_LONG):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters


def pack(reference: str, user) -> list[dict]:
    """Every application for a vacancy without a name: code, stage, how and why it moved, how it was judged and why.

    In the order of the codes, which is no order of anything. What a reason says about other people is covered.
    """
    rows = readable_by(active(Application.objects.filter(vacancy_reference=reference)), user)
    rows = rows.select_related("subject").prefetch_related("stages", "assessments__judgements__criterion")
    rows = unlock(rows)
    unlock([stage for row in rows for stage in row.stages.all()])
    _unlock_judgements([each for row in rows for each in row.assessments.all()])
    return sorted(map(_nameless, rows), key=lambda each: each["code"])


def _unlock_judgements(assessments) -> None:
    unlock([judgement for each in assessments for judgement in each.judgements.all()])


def _nameless(row) -> dict:
    names = {"names": row.full_name, "email": row.email, "phone": row.phone}
    handed_in = sorted((a for a in row.assessments.all() if a.submitted_at), key=lambda a: a.submitted_at)
    readers = {author: number for number, author in enumerate(dict.fromkeys(a.author_id for a in handed_in), start=1)}
    return {
        "code": code_of(row),
        "pk": row.pk,
        "stage": row.get_state_display(),
        "moves": [
            {"stage": stage.get_after_display(), "reason": _plain(stage.reason, names)}
            for stage in sorted(row.stages.all(), key=lambda stage: stage.at)
            if stage.before != stage.after or stage.reason
        ],
        "judgements": [
            {
                "reader": readers[each.author_id],
                "corrected": each.replaced_at is not None,
                "criterion": judgement.criterion.title,
                "level": judgement.get_level_display(),
                "reason": _plain(judgement.reason, names),
            }
            for each in handed_in
            for judgement in sorted(each.judgements.all(), key=lambda j: j.criterion.order)
        ],
    }


def _plain(text: str, names: dict) -> str:
    return without_person(text, **names) if text else ""


def all_criteria(reference: str) -> list[Criterion]:
    """What is and was judged by, in its order; ended versions say so."""
    return list(Criterion.objects.filter(hiring__reference=reference))


def hiring_of(row) -> Hiring | None:
    """The hiring an application belongs to; None while nobody has decided anything about it."""
    return Hiring.objects.filter(reference=row.vacancy_reference).first()
