"""{% refused_demands %}: what authorities asked for and did not get, beside the log of hand-overs (N50)."""

from django import template

from privacy.queries.gates import refused_demands as found
from privacy.rules.gates import REFUSAL_REASONS

register = template.Library()
MOST = 50


@register.inclusion_tag("privacy/office/_refused_demands.html")
def refused_demands():
    """The newest refusals, with the reason in words; nothing left the house, so there is nobody in them."""
    return {"rows": [(case, REFUSAL_REASONS[case.decision_code]) for case in found()[:MOST]]}
