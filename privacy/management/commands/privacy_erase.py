import sys

from django.core.management.base import CommandError

from privacy.actions import note, plan_erasure
from privacy.actions.erasure import erase_now, is_erased
from privacy.management.output import PortalCommand, person
from privacy.models import Erasure
from privacy.rules.deadlines import oslo_date
from privacy.rules.erasure import is_nothing, status_after


class Command(PortalCommand):
    help = "The plan for erasing WHO; without --dry-run it is carried out."
    timed = True

    def add_arguments(self, parser):
        parser.add_argument("who", metavar="WHO")
        parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the trail; write no names in it")
        parser.add_argument("--yes", action="store_true", help="do not ask; needed where there is no terminal")
        super().add_arguments(parser)

    def work(self, *, who, reason, yes, as_of, dry_run, **options):
        subject, day = person(who), oslo_date(as_of)
        plan = plan_erasure(subject, day=day)
        if is_nothing(plan, already_erased=is_erased(subject)):
            self._show(plan, "nothing")
            return
        if dry_run:
            self._show(plan, "planned")
            return
        if not yes:
            self._ask(plan)
            # Somebody may have thought about it for a while: a hold placed meanwhile counts and is shown.
            plan = plan_erasure(subject, day=day)
        self._show(plan, _carry_out(subject, reason, day))

    def _ask(self, plan) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Without a terminal, say --yes to carry the plan out; nothing was erased.", returncode=2)
        # On stderr: stdout is for the one document that comes out of this.
        self.stderr.write(_text(plan, "planned"), lambda line: line)
        self.stderr.write("Carry this out? It cannot be undone. Type yes: ", lambda line: line, ending="")
        if _answer() != "yes":
            raise CommandError("Nothing was erased.")

    def _show(self, plan, status: str) -> None:
        document = {
            "subject": str(plan.subject),
            "status": status,
            "items": [item.as_json() for item in plan.items],
            "files": len(plan.files),
            "recipients_to_tell": list(plan.recipients),
        }
        self.show(document, text=_text(plan, status))


def _answer() -> str:
    # The end of the input and an interruption are no consent to anything.
    try:
        return input().strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _carry_out(subject, reason: str, day) -> str:
    """How it ended: "done", "partial" while something is held, or "nothing" when another was quicker."""
    cause = reason if reason in Erasure.Cause.values else Erasure.Cause.STAFF
    if reason and cause != reason:
        note("erasure.reason", subject=subject, record=subject, by=None, reason=reason[:200])
    if erase_now(subject, cause=cause, by=None, day=day) is None:
        return "nothing"
    # What is left says how it ended, not what was planned before.
    return status_after(plan_erasure(subject, day=day))


def _text(plan, status: str) -> str:
    lines = [f"{status}: {plan.subject}"]
    lines += [f"  {item.action:<9}{item.count:>6}  {item.title}" for item in plan.going]
    for item in plan.staying:
        until = item.until or "the reason ends"
        lines.append(f"  {item.action:<9}{item.count:>6}  {item.title}: until {until}, {item.law}. {item.reason}")
    lines.append(f"  files: {len(plan.files)}; to be told: {', '.join(plan.recipients) or 'nobody'}")
    return "\n".join(lines)
