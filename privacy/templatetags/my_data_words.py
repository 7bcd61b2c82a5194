"""What only the person's own pages say: what is stopped and shared, how a request stands, who has looked."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.models import SubjectRequest
from privacy.screens.rights import all_rights
from privacy.templatetags.privacy_words import text_of

register = template.Library()

State = SubjectRequest.State
CHIPS = {
    State.FULFILLED: "good",
    State.PARTLY_FULFILLED: "info",
    State.REFUSED: "stop",
    State.UNIDENTIFIABLE: "stop",
    State.WITHDRAWN_BY_SUBJECT: "plain",
}
EVENTS = {
    "question_asked": gettext_lazy("we asked you something"),
    "question_answered": gettext_lazy("you answered"),
    "reminded": gettext_lazy("we were reminded of the date"),
    "escalated": gettext_lazy("the manager was told that it is late"),
    "identity_proved": gettext_lazy("we made sure who you are"),
    "matched": gettext_lazy("we found what is yours"),
    "letter_printed": gettext_lazy("a letter was printed"),
}


@register.simple_tag
def every_right():
    """Every right with the page it starts on, for pages beside the person's own."""
    return all_rights()


# A heading of its own says what a record is; a key says nothing to anybody.
NAME_LENGTH = 70


@register.simple_tag
def name_of(group, record):
    """What a record is called on its owner's page: its heading, or what it says first where that is only a key."""
    if not record.heading.endswith(record.key[:8]):
        return record.heading
    texts = (str(text_of(group, value)) for value in record.values if value.category and not value.withheld)
    first = next((text for text in texts if text), "")
    return Truncator(first).chars(NAME_LENGTH) or record.heading


@register.simple_tag
def shared_of(shared, group, record):
    """The hand-overs of one record, newest first."""
    return shared.get(f"{group.label} {record.key}", ())


@register.simple_tag
def is_paused(stops, group, record):
    """Whether the use of one record is paused."""
    return f"{group.label} {record.key}" in stops.paused


@register.simple_tag
def objection_to(stops, code):
    """The standing objection to one activity, or nothing."""
    return stops.objected.get(code)


@register.simple_tag
def objection_in(objected, code):
    """The same, from {code: objection}."""
    return objected.get(code)


@register.simple_tag
def state_of(case):
    """{"kind", "word"}: the chip of a request; a closed one says how it was answered."""
    reached = case.outcome or case.state
    return {"kind": CHIPS.get(reached, "wait"), "word": SubjectRequest.State(reached).label}


@register.filter
def event_words(kind):
    """What happened in a request, in words."""
    known = kind in SubjectRequest.State.values
    return SubjectRequest.State(kind).label if known else EVENTS.get(kind, kind)


@register.filter
def role_words(role):
    """What a colleague works with: the names of their groups, each in words where it has some."""
    return ", ".join(_(name) for name in role.split(", ")) if role else _("a colleague")


@register.filter
def as_log(group):
    """Whether the rows of a log are read as a table: sooner than other groups, because nothing in them is changed."""
    return len(group.records) > 1
