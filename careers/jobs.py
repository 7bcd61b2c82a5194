"""What the clock does for careers, and what happens when a consent ends."""

from careers import actions, hired_tasks  # noqa: F401 (its tasks register themselves)
from careers import meeting_tasks as meeting_tasks
from careers.actions import files
from careers.actions.findings import end_item
from careers.actions.referee_wording import REFEREE, SPECIAL_ITEM
from careers.actions.referees import end_referee
from careers.actions.refusing import JOB as BULK_REFUSAL
from careers.actions.withdrawing import end_application, end_pool_entry
from careers.actions.wordings import POOL, RECRUITMENT
from privacy import registry

registry.job(files.SCAN)(files.rescan)
registry.job(files.PREVIEW)(files.make_preview)
registry.given_up(files.PREVIEW)(files.no_preview)
registry.daily("careers.files")(files.check_files)
registry.daily("careers.closing-days")(actions.follow_closing_days)
registry.daily("careers.pool-renewals")(actions.ask_for_renewals)
registry.daily("careers.pool-ends")(actions.end_overdue_yeses)
registry.on_withdrawal(RECRUITMENT)(end_application)
registry.on_withdrawal(POOL)(end_pool_entry)
registry.job(BULK_REFUSAL)(actions.carry_out_refusal)
registry.given_up(BULK_REFUSAL)(actions.give_up_refusal)
registry.daily("careers.findings")(actions.remove_due_findings)
registry.on_withdrawal(REFEREE)(end_referee)
registry.on_withdrawal(SPECIAL_ITEM)(end_item)
