"""What stands on the applicant's own page of one application besides its own facts.

A module of `careers/screens/` named here exposes ``own_panel(request, row) -> Panel | None``, as in
`application_panels`; the page shows them in this order.
"""

from importlib import import_module

from careers.screens.application_panels import Panel

# In the order of the page.
MODULES: tuple[str, ...] = (
    "own_files",
    "own_interviews",
    "own_findings",
    "own_referees",
    "own_change",
    "own_answers",
    "own_facts",
)


def panels(request, row) -> list[Panel]:
    """The sections for the person whose application this is."""
    found = (import_module(f"careers.screens.{name}").own_panel(request, row) for name in MODULES)
    return [each for each in found if each is not None]
