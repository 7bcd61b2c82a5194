"""What the clock does for careers, and what happens when a consent ends."""

from careers import actions
from careers.actions.withdrawing import end_application, end_pool_entry
from careers.actions.wordings import POOL, RECRUITMENT
from privacy import registry

registry.daily("careers.closing-days")(actions.follow_closing_days)
registry.on_withdrawal(RECRUITMENT)(end_application)
registry.on_withdrawal(POOL)(end_pool_entry)
