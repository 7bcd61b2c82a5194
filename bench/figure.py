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


def in_turn(*acts: Callable[[], object], rounds: int = 7) -> list[float]:
    """The middle of a few runs of each act, in seconds; they take turns, so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _act in acts]
    for _round in range(rounds + 1):
        for act, seen in zip(acts, times, strict=True):
            start = time.perf_counter()
            act()
            seen.append(time.perf_counter() - start)
    # The first round is for warming up.
    return [sorted(seen[1:])[rounds // 2] for seen in times]
