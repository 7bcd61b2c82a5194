"""The words of a question of consent: what one may say yes to, asked once per purpose and channel (N36, N39, T21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privacy.declare import Activity, Basis, Category, DeclarationError


@dataclass(frozen=True)
class Wording:
    """One question in one language, word for word, and how to take the answer back, said before it is given (L20)."""

    text: str
    how_to_withdraw: str


@dataclass(frozen=True)
class Purpose:
    """What a person may agree to. One purpose, one channel, one activity, one yes.

    ``code`` is the activity's ``consent``. ``wordings`` maps a language to its Wording. ``group`` is a heading that
    purposes share on the page. ``facts`` are kinds of facts it uses besides those of the classes the activity holds.
    ``from_age`` asks for the statement "I am so old or older" with the yes (L30).
    ``on_page`` says whether one may say yes on the page of one's own; a question that belongs to a form (an
    application) is asked there alone, and is neither reminded of nor renewed.
    """

    code: str
    title: object
    plainly: object
    activity: Activity
    months: int
    wordings: dict[str, Wording]
    facts: tuple[Category, ...] = ()
    channel: str = ""
    group: object = ""
    from_age: int = 0
    on_page: bool = True

    def __post_init__(self):
        if self.activity.basis is not Basis.CONSENT or self.activity.consent != self.code:
            raise DeclarationError(
                f"Purpose {self.code} needs an activity that rests on consent to {self.code}, "
                f"not {self.activity.code}: one yes, one use (T21)."
            )
        if self.months < 1:
            raise DeclarationError(
                f"Purpose {self.code} needs a length of life in months: no yes lasts for ever (L21)."
            )
        for language, wording in self.wordings.items():
            if not (wording.text.strip() and wording.how_to_withdraw.strip()):
                raise DeclarationError(
                    f"Purpose {self.code} in {language} needs its question and how the answer is taken back (L20)."
                )
        if not self.wordings:
            raise DeclarationError(f"Purpose {self.code} has no wording: nobody can agree to it.")


@dataclass(frozen=True)
class Proof:
    """What proves a yes that was given before it was entered here: the exact words, the day, and where they lie.

    ``evidence`` holds codes and references (a form's number, an archive's), never a name or an address.
    """

    wording: Wording
    language: str
    given_on: date
    evidence: dict
