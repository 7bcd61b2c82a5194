"""The engine's background jobs and daily work, found by name at start-up."""

from privacy import registry
from privacy.actions import copies, erasure, mail, mailbox_proofs
from privacy.actions.consent import expire_consents
from privacy.actions.consent_reminders import remind_of_consents
from privacy.actions.jobs import prune_jobs
from privacy.actions.request_clock import remind_of_requests
from privacy.actions.retention import run_daily
from privacy.models import Copy, Erasure, OutgoingMail


@registry.job(erasure.JOB)
def erase(ref) -> None:
    erasure.carry_out(Erasure.objects.get(pk=ref))


@registry.job(mail.JOB)
def send(ref) -> None:
    found = OutgoingMail.objects.filter(pk=ref).first()
    if found is not None:
        mail.deliver_mail(found)


registry.given_up(mail.JOB)(mail.fail_mail)


@registry.job(copies.JOB)
def build(ref) -> None:
    found = Copy.objects.filter(pk=ref).first()
    if found is not None:
        copies.fill_copy(found)


registry.job(mailbox_proofs.JOB)(mailbox_proofs.empty_proof)
registry.daily("privacy.consent-expiry")(expire_consents)
registry.daily("privacy.consent-reminders")(remind_of_consents)
# Before the retention, whose brake a flood of unproved requests would otherwise pull.
registry.daily("privacy.mailbox-proofs")(mailbox_proofs.expire_proofs)
registry.daily("privacy.retention")(run_daily)
registry.daily("privacy.waiting-erasures")(erasure.resume_waiting)
registry.daily("privacy.copies")(copies.expire_copies)
registry.daily("privacy.requests")(remind_of_requests)
registry.daily("privacy.jobs")(prune_jobs)
