"""The page of a copy that a person reads: no scripts, nothing from elsewhere, written piece by piece (L7, N62)."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import get_template

from privacy import words
from privacy.bag_documents import AUTHORITY
from privacy.bag_export import ClassSummary
from privacy.queries.held_stream import HeldStream

FOLDER = "privacy/copy"


def page(
    about: HeldStream,
    summaries: list[ClassSummary],
    *,
    export: dict,
    as_of,
    files: dict[str, str],
    shared: int,
    controller: dict,
) -> Iterator[str]:
    """The page in pieces. ``files`` is {key of a stored file: its path beside the page}."""
    context = {
        "about": about,
        "summaries": summaries,
        "records": sum(summary.items for summary in summaries),
        "controller": controller,
        "authority": AUTHORITY,
        "generated": as_of,
        "request": export["request"],
        "withheld": [_readable(row, summaries) for row in export["withheld"]],
        "shared": shared,
    }
    yield _rendered("head", context)
    for row in about.disclosures():
        yield _rendered("disclosure", {"row": row})
    one = get_template(f"{FOLDER}/record.html")
    for number, summary in enumerate(summaries, start=1):
        yield _rendered("class", {"found": summary.found, "number": number})
        for _row, record in about.rows(summary.found.declaration.model):
            own = [files[str(stored.pk)] for stored in record.files if str(stored.pk) in files]
            yield one.render({"found": summary.found, "record": record, "files": own})
    yield _rendered("tail", context)


def _readable(row: dict, summaries: list[ClassSummary]) -> dict:
    """What is left out, by the words of its class and column."""
    summary = next((each for each in summaries if each.file == row["file"]), None)
    if summary is None:
        return {"title": row["file"], "label": "", "reason": row["reason"]}
    model = summary.found.declaration.model
    name = row["field"]
    label = words.column_label(model, name, str(model._meta.get_field(name).verbose_name)) if name else row["record"]
    return {"title": summary.found.title, "label": label, "reason": row["reason"]}


def _rendered(name: str, context: dict) -> str:
    return get_template(f"{FOLDER}/{name}.html").render(context)
