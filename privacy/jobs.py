"""The engine's background jobs and daily work, found by name at start-up."""

from privacy import registry
from privacy.actions import breach_mails, breach_messages, breaches, copies, erasure, mail, mailbox_proofs, notice_mails
from privacy.actions.consent import expire_consents
from privacy.actions.consent_proofs import note_consent_ends
from privacy.actions.consent_reminders import remind_of_consents
from privacy.actions.gate_papers import destroy_loose_papers
from privacy.actions.hold_trimming import trim_kept
from privacy.actions.holds import lapse_holds
from privacy.actions.jobs import prune_jobs
from privacy.actions.key_vacuum import vacuum_keys
from privacy.actions.notice_followers import expire_follower_proofs
from privacy.actions.notice_versions import notices_of_the_day
from privacy.actions.office_digest import tell_what_is_late
from privacy.actions.orphans import sweep_orphans
from privacy.actions.request_clock import remind_of_requests
from privacy.actions.retention import run_daily
from privacy.actions.retention_warnings import warn_of_retention
from privacy.actions.screenings import mark_due
from privacy.actions.statistics import count_statistics
from privacy.actions.trail_checks import JOB as CHECK
from privacy.actions.trail_checks import check_nightly, run_check
from privacy.actions.trail_purge import keep_house
from privacy.models import Copy, Erasure, OutgoingMail, Verification
from privacy.periods import ask_notice
from privacy.queries import breach_tasks as breach_tasks
from privacy.queries import gate_tasks as gate_tasks
from privacy.queries import hold_tasks as hold_tasks
from privacy.queries import notice_tasks as notice_tasks
from privacy.queries import read_report as read_report
from privacy.queries import recipient_tasks as recipient_tasks
from privacy.queries import retention_tasks as retention_tasks
from privacy.queries import trail_tasks as trail_tasks
from privacy.queries import worklist as worklist
from privacy.queries.notice_versions import tells


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


@registry.job(CHECK)
def check_trail(ref) -> None:
    found = Verification.objects.filter(pk=ref).first()
    if found is not None:
        run_check(found)


# A longer period rules when the notice says so.
ask_notice(tells)
registry.job(notice_mails.JOB)(notice_mails.tell)
registry.job(mailbox_proofs.JOB)(mailbox_proofs.empty_proof)
# Numbers first: what is counted must still be there.
registry.daily("privacy.statistics")(count_statistics)
registry.daily("privacy.consent-expiry")(expire_consents)
registry.daily("privacy.consent-ends")(note_consent_ends)
registry.daily("privacy.consent-reminders")(remind_of_consents)
# Before the retention, whose brake a flood of unproved requests would otherwise pull.
registry.daily("privacy.mailbox-proofs")(mailbox_proofs.expire_proofs)
# Before the retention too: the last day is still one to be told on.
registry.daily("privacy.retention-warnings")(warn_of_retention)
registry.daily("privacy.follower-proofs")(expire_follower_proofs)
# Before the retention too: what the notice says from today is what tonight is done.
registry.daily("privacy.notices")(notices_of_the_day)
# What nobody approved is free the same night; what a law alone keeps is cut to what it needs once the clock has passed.
registry.daily("privacy.holds")(lapse_holds)
registry.daily("privacy.assessments")(mark_due)
registry.daily("privacy.retention")(run_daily)
registry.daily("privacy.holds-trimmed")(trim_kept)
registry.daily("privacy.waiting-erasures")(erasure.resume_waiting)
registry.daily("privacy.copies")(copies.expire_copies)
registry.daily("privacy.requests")(remind_of_requests)
registry.daily("privacy.gate-papers")(destroy_loose_papers)
registry.daily("privacy.jobs")(prune_jobs)
registry.daily("privacy.orphans")(sweep_orphans)
# Checked as the day left it, then what has served its time goes.
registry.daily("privacy.trail-check")(check_nightly)
registry.daily("privacy.trail")(keep_house)
registry.job(breaches.CLOCK_JOB)(breach_mails.look_at_clocks)
registry.job(breach_messages.JOB)(breach_messages.send_messages)
registry.daily("privacy.breaches")(breach_mails.remind_of_breaches)
registry.daily("privacy.breach-register")(breach_mails.empty_old_breaches)
# Last, so that what the other jobs have settled is not told.
registry.daily("privacy.office-digest")(tell_what_is_late)
registry.daily("privacy.key-table")(vacuum_keys)
