"""Whether the trail is what was written: entries, seals and checkpoints, in one pass of flat memory (T33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from privacy import checkpoints
from privacy.actions.trail import GENESIS, SAID, Fold, checkpoint_message, fingerprint, mark_of
from privacy.actions.trail_rows import loss_message, purge_message, redaction_message
from privacy.models import (
    Erasure,
    ErasureLedger,
    TrailCheckpoint,
    TrailEntry,
    TrailLoss,
    TrailPurge,
    TrailRedaction,
    TrailSeal,
)
from privacy.rules.deadlines import oslo_date
from privacy.signing import is_ours, is_signed, own_public_key

# A checkpoint signs the whole chain before it, so the newest ones are enough; older ones are compared with their seals.
SIGNATURES = 100
CHUNK = 500
# Seals carry a mark for each of their entries, so few of them are held at a time.
SEALS = 20


@dataclass
class Findings:
    """``problems``: sentences that each name the first bad row of its kind; ``remarks``: what is known and no problem;
    ``entries``: how many were read."""

    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    entries: int = 0


class Broken(Exception):
    """Something does not fit; the message is the sentence about it."""


@dataclass
class History:
    """What was lawfully done to the trail itself, from the signed rows of the ledger."""

    purges: list[TrailPurge]
    losses: dict[int, TrailLoss]
    redactions: dict

    def next_number(self, number: int) -> int:
        """The number that follows a seal: seals that were lost keep theirs."""
        lost = self.losses.get(number)
        return (lost.lost_to if lost else number) + 1

    def is_lost(self, number: int) -> bool:
        return any(loss.after_seal < number <= loss.lost_to for loss in self.losses.values())


def check_trail() -> Findings:
    """Check everything. When a purge or a redaction came in between, what it moved is looked at again."""
    before = _done_so_far()
    found = _check()
    return _check() if found.problems and _done_so_far() != before else found


def _done_so_far() -> tuple:
    return TrailPurge.objects.count(), TrailRedaction.objects.count(), TrailLoss.objects.count()


def _check() -> Findings:
    found = Findings()
    for part in (_walk, _compare_checkpoints, _compare_outside, _compare_erasures):
        try:
            part(_history(), found)
        except Broken as problem:
            found.problems.append(str(problem))
    return found


def _history() -> History:
    purges = list(TrailPurge.objects.order_by("last_seal"))
    losses = list(TrailLoss.objects.order_by("lost_to"))
    redactions = list(TrailRedaction.objects.all())
    for rows, message in ((purges, purge_message), (losses, loss_message), (redactions, redaction_message)):
        for row in rows:
            if not is_ours(row, message(row)):
                raise Broken(f"{row} in the ledger is not signed by us.")
    return History(purges, {loss.after_seal: loss for loss in losses}, {row.uid: row for row in redactions})


# Entries and seals


def _walk(history: History, found: Findings) -> None:
    seals = TrailSeal.objects.order_by("number").iterator(chunk_size=SEALS)
    first = next(seals, None)
    base = _base(history, first, found)
    number, previous, last_entry = (base.last_seal, base.seal_digest, base.last_entry) if base else (0, GENESIS, 0)
    rows = TrailEntry.objects.order_by("pk").values_list("pk", "digest", *SAID).iterator(chunk_size=2000)
    waiting = next(rows, None)
    if waiting is not None and waiting[0] <= last_entry:
        raise Broken(f"Trail entry {waiting[0]} was put in: everything up to entry {last_entry} was purged.")
    for seal in chain([first] if first else [], seals):
        expected = history.next_number(number)
        if seal.number != expected or seal.previous != previous:
            raise Broken(_gap(expected, seal, last_entry))
        fold = Fold(seal.number, previous)
        while waiting is not None and waiting[0] <= seal.last_entry:
            _entry(waiting, history, seal)
            fold.add(waiting[0], waiting[1])
            found.entries += 1
            waiting = next(rows, None)
        if fold.digest != seal.digest or fold.count != seal.count:
            raise Broken(_first_bad(seal, last_entry)[1])
        number, previous, last_entry = seal.number, seal.digest, seal.last_entry
    while waiting is not None:
        _entry(waiting, history, None)
        found.entries += 1
        waiting = next(rows, None)
    found.remarks += [_remark(loss) for loss in history.losses.values()]


def _base(history: History, first: TrailSeal | None, found: Findings) -> TrailPurge | None:
    """The purge that the trail now begins after; a later one was interrupted and is finished by the next night."""
    if first is None:
        return None
    before = [purge for purge in history.purges if purge.last_seal < first.number]
    if len(before) < len(history.purges):
        found.remarks.append(
            f"The purge up to seal {history.purges[-1].last_seal} was interrupted; it goes on tonight."
        )
    return before[-1] if before else None


def _gap(expected: int, seal: TrailSeal, last_entry: int) -> str:
    if seal.number > expected and TrailCheckpoint.objects.filter(number=expected).exists():
        return (
            f"Seals {expected} to {seal.number - 1} are missing, with the entries after entry {last_entry}: the ledger "
            "is ahead of the trail. It was cut, or the database failed over to one that was behind."
        )
    return f"Seal {expected} is missing or does not follow the one before it."


def _entry(row: tuple, history: History, seal: TrailSeal | None) -> None:
    pk, digest, *said = row
    content = fingerprint(*said)
    redaction = history.redactions.get(said[0]) if history.redactions else None
    if redaction is None and content == digest:
        return
    if redaction is not None and (redaction.digest, redaction.content_digest) == (digest, content):
        return
    if redaction is not None and content == digest == redaction.digest:
        raise Broken(f"Trail entry {pk} stands as it was before its words were taken out: finish the redaction.")
    named = _first_bad(seal, seal.first_entry - 1) if seal is not None else (pk, "")
    if named[0] < pk:
        raise Broken(named[1])
    raise Broken(f"Trail entry {pk} was changed after it was written.")


def _first_bad(seal: TrailSeal, after: int) -> tuple[int, str]:
    """(key, sentence) of the first row that is not the one the seal was made of."""
    rows = TrailEntry.objects.filter(pk__gt=after, pk__lte=seal.last_entry).order_by("pk")
    found = rows.values_list("pk", "digest").iterator(chunk_size=2000)
    marks = bytes(seal.marks)
    keys = (key for first, count in seal.pks for key in range(first, first + count))
    here = next(found, None)
    for place, key in enumerate(keys):
        if here is None or here[0] > key:
            return key, f"Trail entry {key} is missing."
        if here[0] < key:
            return here[0], f"Trail entry {here[0]} was put in."
        if mark_of(here[1]) != marks[8 * place : 8 * place + 8]:
            return key, f"Trail entry {key} is not the one that was sealed: it was changed or moved."
        here = next(found, None)
    if here is not None:
        return here[0], f"Trail entry {here[0]} was put in."
    return seal.last_entry, f"Seal {seal.number} was changed, its entries up to {seal.last_entry} were not."


def _remark(loss: TrailLoss) -> str:
    when, first = f"{loss.at:%Y-%m-%d %H:%M} UTC", loss.after_seal + 1
    if loss.cause == TrailLoss.Cause.RESTORE:
        made = f"{loss.backup_made_at:%Y-%m-%d %H:%M} UTC"
        return f"Restored {when} from the backup of {made}: seals {first} to {loss.lost_to} were lost with it."
    return f"Seals {first} to {loss.lost_to} were lost in a failover, accepted {when} by two persons."


# Checkpoints


def _compare_checkpoints(history: History, found: Findings) -> None:
    purged = history.purges[-1].last_seal if history.purges else 0
    seals = TrailSeal.objects.order_by("number").values_list("number", "digest").iterator(chunk_size=2000)
    points = TrailCheckpoint.objects.filter(number__gt=purged).order_by("number")
    newest = set(points.order_by("-number").values_list("number", flat=True)[:SIGNATURES])
    own, seal, last_entry = own_public_key(), next(seals, None), 0
    for point in points.iterator(chunk_size=2000):
        while seal is not None and seal[0] < point.number:
            if seal[0] > purged:
                raise Broken(f"The ledger is behind: seal {seal[0]} of the trail has no checkpoint in it.")
            seal = next(seals, None)
        is_here = seal is not None and seal[0] == point.number
        if (point.number in newest or not is_here) and not _is_signed(point, own):
            raise Broken(f"Checkpoint {point.number} is not signed by us.")
        if is_here and seal[1] != point.digest:
            raise Broken(f"Seal {point.number} is not the one its checkpoint was made of.")
        if not is_here and not history.is_lost(point.number):
            raise Broken(_cut(point))
        last_entry = point.last_entry
        seal = next(seals, None) if is_here else seal
    # The newest seal may be without one for a moment: it is published after its own commit.
    behind = [number for number, _digest in chain([seal] if seal else [], islice(seals, 1)) if number > purged]
    if len(behind) > 1:
        raise Broken(
            f"The ledger is behind: its checkpoints end at entry {last_entry}, seal {behind[0]} of the trail has none."
        )


def _is_signed(point: TrailCheckpoint, own: str) -> bool:
    message = checkpoint_message(point)
    return point.public_key == own and is_signed(message, signature=point.signature, public_key=point.public_key)


def _cut(point: TrailCheckpoint) -> str:
    return (
        f"The trail was cut: checkpoint {point.number} of {oslo_date(point.at)} reaches entry {point.last_entry}, the "
        "trail does not. If the database failed over or was put back by hand, the ledger is ahead of it."
    )


def _compare_outside(history: History, found: Findings) -> None:
    purged = history.purges[-1].last_seal if history.purges else 0
    lines, own = checkpoints.read(), own_public_key()
    while chunk := list(islice(lines, CHUNK)):
        wanted = {line["number"]: line for line in chunk if line["number"] > purged and _is_ours(line, own)}
        known = dict(TrailCheckpoint.objects.filter(number__in=wanted).values_list("number", "digest"))
        for number, line in sorted(wanted.items()):
            if number not in known:
                where = f"checkpoint {number}, entry {line['last_entry']}"
                raise Broken(f"The ledger is behind: {where}, stands in the file outside the databases and not in it.")
            if known[number] != line["digest"]:
                raise Broken(f"Checkpoint {number} is not the one that was written outside the databases.")


def _is_ours(line: dict, own: str) -> bool:
    message = f"{line['number']}:{line['digest']}:{line['last_entry']}".encode()
    return line["public_key"] == own and is_signed(message, signature=line["signature"], public_key=own)


def _compare_erasures(history: History, found: Findings) -> None:
    """An erasure the main database carried out and the ledger does not know would come back with a restore."""
    ended = Erasure.objects.filter(state__in=["waiting", "done"], ledger__isnull=False).order_by("pk")
    for chunk in _chunks(ended.values_list("pk", "ledger").iterator(chunk_size=2000)):
        known = set(ErasureLedger.objects.filter(pk__in=[ledger for _pk, ledger in chunk]).values_list("pk", flat=True))
        for pk, ledger in chunk:
            if ledger not in known:
                raise Broken(f"The ledger is behind: erasure {pk} is not in it.")


def _chunks(rows: Iterator) -> Iterator[list]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
