"""What stands on the staff's page of one application besides its own facts.

A module of `careers/screens/` named here exposes ``panel(request, row) -> Panel | None``: a title, a template and what
the template is given. The page asks each of them and shows them in this order; None shows nothing.
"""

from dataclasses import dataclass, field
from importlib import import_module

from careers.blindness import is_blind

# In the order of the page.
MODULES: tuple[str, ...] = (
    "hr_files",
    "hr_answers",
    "hr_assessments",
    "hr_register",
    "hr_guardians",
    "hr_findings",
    "hr_interviews",
    "hr_referees",
    "hr_hired",
    "hr_notes",
)
# What a blind reader may have: nothing here says who applied.
WITHOUT_NAMES = ("hr_files", "hr_answers", "hr_assessments")


@dataclass(frozen=True)
class Panel:
    """One section of the page; `template` is included with `panel` = `context`, beside what the page has itself."""

    title: object
    template: str
    context: dict = field(default_factory=dict)


def panels(request, row) -> list[Panel]:
    """The sections for this reader and this application."""
    names = [name for name in MODULES if name in WITHOUT_NAMES] if is_blind(row, request.user) else MODULES
    found = (import_module(f"careers.screens.{name}").panel(request, row) for name in names)
    return [each for each in found if each is not None]
