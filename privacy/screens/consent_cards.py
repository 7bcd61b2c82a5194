"""What the page "Your consents" is made of: each question once, where it stands, what one may do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from privacy import queries, registry, words
from privacy.actions import NoWording, text_for
from privacy.consenting import Purpose
from privacy.models import ConsentEvent, ConsentState, ConsentText
from privacy.rules import consent as rules


@dataclass(frozen=True)
class Card:
    """One question to one person. ``state`` is None when they never answered; ``text`` None when it is not asked here.

    ``reworded`` says that the question now reads otherwise than what was agreed to.
    """

    code: str
    about: str
    title: str
    purpose: Purpose | None
    state: ConsentState | None
    text: ConsentText | None
    day: date
    history: list[ConsentEvent] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        return self.state is not None and rules.allows_use(self.state.state, self.state.valid_until, self.day)

    @property
    def is_unknown(self) -> bool:
        return self.state is not None and self.state.state == rules.UNKNOWN

    @property
    def has_run_out(self) -> bool:
        """Past its last day, whether or not the nightly run has been there."""
        if self.state is None:
            return False
        return self.state.state == rules.EXPIRED or rules.has_expired(
            self.state.state, self.state.valid_until, self.day
        )

    @property
    def ended_on(self) -> date | None:
        """The last day the newest yes counted."""
        return next((event.valid_until for event in self.history if event.valid_until), None)

    @property
    def agreed(self) -> ConsentText | None:
        """The wording of the last answer that had one."""
        return next((event.text for event in self.history if event.text), None)

    @property
    def reworded(self) -> bool:
        return bool(self.stands and self.text and self.agreed and self.text.sha256 != self.agreed.sha256)

    @property
    def ends_soon(self) -> bool:
        return self.stands and rules.reminder_is_due(self.state.state, self.state.valid_until, None, self.day)

    @property
    def from_age(self) -> int:
        return self.purpose.from_age if self.purpose else 0

    @property
    def months(self) -> int:
        return self.text.valid_months if self.text else 0


@dataclass(frozen=True)
class ConsentPage:
    """Every question of one person: given, without proof, still open (by heading), and over."""

    given: list[Card]
    unknown: list[Card]
    open: list[Card]
    over: list[Card]


def consent_page(subject, *, day: date, language: str) -> ConsentPage:
    """What this person has answered and what they may still say yes to, in a fixed number of queries per question."""
    events = _events_of(subject)
    newest = _newest_states(subject)
    cards = [_card(code, about, state, events, day, language) for (code, about), state in newest.items()]
    answered = {card.code for card in cards}
    cards += [
        _card(purpose.code, "", None, events, day, language)
        for purpose in registry.purposes()
        if purpose.on_page and purpose.code not in answered
    ]
    standing = [card for card in cards if card.stands]
    unknown = [card for card in cards if card.is_unknown]
    rest = [card for card in cards if not card.stands and not card.is_unknown]
    return ConsentPage(
        given=sorted(standing, key=_order),
        unknown=sorted(unknown, key=_order),
        open=sorted((card for card in rest if card.text is not None), key=_order),
        over=sorted((card for card in rest if card.text is None and card.state is not None), key=_order),
    )


def _order(card: Card) -> tuple:
    codes = [purpose.code for purpose in registry.purposes()]
    return (codes.index(card.code) if card.code in codes else len(codes), card.title, card.about)


def _newest_states(subject) -> dict[tuple[str, str], ConsentState]:
    """One state for each question; of several records that are one person, the yes that stands, else the newest."""
    newest: dict[tuple[str, str], ConsentState] = {}
    for state in sorted(queries.consents_of(subject), key=lambda each: (each.state in rules.VALID, each.since)):
        newest[state.purpose, state.about] = state
    return newest


def _events_of(subject) -> dict[tuple[str, str], list[ConsentEvent]]:
    found: dict[tuple[str, str], list[ConsentEvent]] = {}
    events = ConsentEvent.objects.filter(subject__in=subject.group()).select_related("text").order_by("-at", "-pk")
    for event in events:
        found.setdefault((event.purpose, event.about), []).append(event)
    return found


def _card(code, about, state, events, day, language) -> Card:
    purpose = registry.purpose_of(code)
    return Card(
        code=code,
        about=about,
        title=words.purpose_title(code),
        purpose=purpose,
        state=state,
        text=_text(purpose, language),
        day=day,
        history=events.get((code, about), []),
    )


def _text(purpose: Purpose | None, language: str) -> ConsentText | None:
    if purpose is None or not purpose.on_page:
        return None
    try:
        return text_for(purpose.code, language)
    except NoWording:
        return None
