"""What the engine itself holds about people: keys, proofs, mail, copies. Declared like everybody else's."""

from privacy.personal_data import (
    activities,
    belongings,
    breaches,
    clocks,
    gates,
    notices,
    people,
    proof,
    requests,
    retention,
    sharing,
    trail_keeping,
)

__all__ = [
    "activities",
    "belongings",
    "breaches",
    "clocks",
    "gates",
    "notices",
    "people",
    "proof",
    "requests",
    "retention",
    "sharing",
    "trail_keeping",
]
