"""What an erasure plan says and how it ends; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

GONE = ("delete", "blank")


@dataclass(frozen=True)
class PlanItem:
    """Rows of one class that share one fate. ``action``: delete | blank | restrict | keep."""

    model: str
    title: str
    count: int
    action: str
    reason: str = ""
    law: str = ""
    until: date | None = None
    keys: tuple = field(default=(), repr=False)

    def as_json(self) -> dict:
        return {
            "model": self.model,
            "count": self.count,
            "action": self.action,
            "reason": self.reason,
            "law": self.law,
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True)
class ErasurePlan:
    """What goes now, what stays until when because of which law, how many files, whom we must tell."""

    subject: object
    day: date
    items: tuple[PlanItem, ...]
    files: tuple = ()
    recipients: tuple[str, ...] = ()

    @property
    def going(self) -> list[PlanItem]:
        return [item for item in self.items if item.action in GONE]

    @property
    def staying(self) -> list[PlanItem]:
        return [item for item in self.items if item.action not in GONE]

    @property
    def held(self) -> list[PlanItem]:
        """What stays for a reason outside the engine's own evidence: it ends the erasure as "partial"."""
        return [item for item in self.items if item.action == "restrict"]


def status_after(plan: ErasurePlan) -> str:
    """ "partial" while anything is held, else "done"; never "done" with something left (openregister)."""
    return "partial" if plan.held else "done"


def is_nothing(plan: ErasurePlan, *, already_erased: bool) -> bool:
    """Whether carrying this plan out would change nothing: a second erasure succeeds and says so (spree#14560)."""
    return already_erased and not plan.going
