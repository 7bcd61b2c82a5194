"""Hostile and honest documents, made when they are asked for: no file of either kind lies in the repository.

`hostile(part)` lists `Hostile(family, name, filename, content)`, `honest()` `Honest(name, filename, content, words)`.
"""

from dataclasses import dataclass
from importlib import import_module

# Put into everything that must not come through: who made it, where it was taken, what it would run.
SECRET = b"Zx9Kanari"


@dataclass(frozen=True)
class Hostile:
    family: str
    name: str
    filename: str
    content: bytes

    def __str__(self):
        return f"{self.family}: {self.name}"


@dataclass(frozen=True)
class Honest:
    name: str
    filename: str
    content: bytes
    # What must still be readable in the cleaned copy.
    words: tuple[str, ...]

    def __str__(self):
        return self.name


PARTS = ("files", "packages", "pdfs", "texts")


def hostile(part: str) -> list[Hostile]:
    return list(import_module(f"{__name__}.hostile_{part}").made())


def honest() -> list[Honest]:
    return list(import_module(f"{__name__}.honest_documents").made())
