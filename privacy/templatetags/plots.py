"""{% plot that %}: a picture the server draws, its legend, and the table behind it."""

import itertools

from django import template

register = template.Library()
_numbers = itertools.count(1)


@register.inclusion_tag("privacy/plots/plot.html")
def plot(drawn):
    """Draw a `privacy.plots.Plot`."""
    return {"plot": drawn, "key": f"plot-{next(_numbers) % 10_000}"}
