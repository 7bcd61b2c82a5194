"""What templates of careers say besides what they are given."""

from django import template

from careers import kept

register = template.Library()


@register.simple_tag
def keep_period() -> str:
    """How long an application is kept after the decision, by the rule in force: "6 months"."""
    return kept.period()
