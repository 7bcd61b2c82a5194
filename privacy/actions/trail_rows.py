"""What the ledger's rows about the trail itself say, as the bytes that are signed."""

from datetime import UTC


def purge_message(row) -> bytes:
    return _message(
        "purge", row.first_seal, row.last_seal, row.first_entry, row.last_entry, row.count, row.seal_digest,
        _moment(row.newest_at),
    )  # fmt: skip


def redaction_message(row) -> bytes:
    who = (row.asked_by, row.approved_by)
    return _message("redaction", row.entry, row.uid, row.digest, row.content_digest, row.reason_code, *who)


def loss_message(row) -> bytes:
    made = _moment(row.backup_made_at) if row.backup_made_at else ""
    who = (row.asked_by or "", row.approved_by or "")
    return _message("loss", row.cause, row.after_seal, row.after_digest, row.lost_to, made, *who)


def _message(*parts) -> bytes:
    return ":".join(str(part) for part in parts).encode()


def _moment(when) -> str:
    return when.astimezone(UTC).isoformat(timespec="microseconds")
