"""Tasks of the office in words: how long there is, and what a code of the register of breaches means."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy.queries.affected import category_titles
from privacy.queries.worklist import THIS_WEEK
from privacy.rules import breaches as rules

register = template.Library()

_CHIPS = {"closed": "info", "not_a_breach": "info", "not_notifiable": "info", "not_required": "good"}
_DONE = {"authority_notified", "subjects_notified"}


@register.simple_tag
def task_days(task, day):
    """{"kind", "text"}: how long a task has on ``day``."""
    if task.due_on is None:
        return {"kind": "info", "text": _("waiting")}
    days = (task.due_on - day).days
    if days < 0:
        return {"kind": "stop", "text": ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}}
    if days == 0:
        return {"kind": "stop", "text": _("due today")}
    text = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return {"kind": "wait" if days <= THIS_WEEK.days else "info", "text": text}


@register.filter
def breach_state(state):
    """Where a breach stands."""
    return rules.LABELS.get(state, state)


@register.filter
def breach_event(kind):
    """What happened with a breach."""
    return rules.EVENT_LABELS.get(kind, kind)


@register.filter
def breach_chip(state):
    """The kind of chip a state is shown in: while the 72 hours run, a warning."""
    if state in rules.CLOCK_RUNS:
        return "stop" if state != rules.ASSESSING else "wait"
    return "good" if state in _DONE else _CHIPS.get(state, "wait")


@register.filter
def breach_types(breach):
    """The kinds of one breach, in words."""
    return ", ".join(str(type(breach).Type(each).label) for each in breach.types)


@register.filter
def category_words(code):
    """A kind of facts, by its code."""
    return category_titles().get(code, code)


@register.simple_tag
def hours_left(breach, now):
    """{"kind", "text"} of the 72 hours; None when they no longer matter."""
    if breach.state not in rules.CLOCK_RUNS:
        return None
    hours = rules.hours_left(breach.due_at, now)
    if hours < 0:
        return {"kind": "stop", "text": ngettext("%(n)d hour late", "%(n)d hours late", -hours) % {"n": -hours}}
    kind = "stop" if hours < 24 else "wait"
    return {"kind": kind, "text": ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}}
