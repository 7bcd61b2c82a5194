"""One measured ratio and the bar it is held against."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Figure:
    """``measured`` and ``limit`` in seconds; the bar is the largest ratio of the two that is acceptable."""

    what: str
    limit_is: str
    measured: float
    limit: float
    bar: float

    @property
    def ratio(self) -> float:
        return self.measured / self.limit

    @property
    def holds(self) -> bool:
        return self.ratio <= self.bar

    def __str__(self):
        verdict = "ok    " if self.holds else "MISSED"
        return (
            f"{verdict} {self.what}: {self.ratio:.2f}x of {self.limit_is} (bar {self.bar}x; "
            f"{self.measured * 1000:.0f} ms against {self.limit * 1000:.0f} ms)"
        )


def median_time(act: Callable[[], object], *, rounds: int = 3) -> float:
    """The middle of a few runs, in seconds; what ``act`` needs is set up before it is called."""
    act()
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return sorted(times)[rounds // 2]
