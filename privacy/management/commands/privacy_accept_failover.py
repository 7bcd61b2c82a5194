from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from privacy.actions.trail_loss import NothingLost, accept_failover
from privacy.management.output import PortalCommand
from privacy.second_person import OwnApproval


class Command(PortalCommand):
    help = "Two colleagues vouch that the missing end of the trail went with a failover of the database (F07)."

    def add_arguments(self, parser):
        parser.add_argument("asked_by", metavar="ASKED_BY", help="e-mail of the colleague who asks")
        parser.add_argument("approved_by", metavar="APPROVED_BY", help="e-mail of the other one, who approves")
        super().add_arguments(parser)

    def work(self, *, asked_by, approved_by, **options):
        try:
            loss = accept_failover(asked_by=_colleague(asked_by), by=_colleague(approved_by))
        except (NothingLost, OwnApproval) as refusal:
            raise CommandError(str(refusal)) from None
        self.show(
            {"after_seal": loss.after_seal, "lost_to": loss.lost_to},
            text=f"Seals {loss.after_seal + 1} to {loss.lost_to} are accepted as lost; privacy_verify says so.",
        )


def _colleague(email: str):
    found = get_user_model().objects.filter(email__iexact=email, is_staff=True, is_active=True).first()
    if found is None:
        raise CommandError("Both are named by the e-mail of an active staff account. Nothing was changed.")
    return found
