"""What `run_schedule` does for careers."""

from careers import actions
from privacy import registry

registry.daily("careers.closing-days")(actions.follow_closing_days)
registry.daily("careers.consents-over")(actions.end_without_consent)
