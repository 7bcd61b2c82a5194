"""What the schedule of retention needs of its own: periods, and the mark of the clock. Nobody is in them."""

from privacy import registry

registry.excuse(
    "privacy.RetentionRule",
    because="Periods per class of data; who proposed and who approved one are keys of accounts, without a name.",
)
registry.excuse("privacy.ClockMark", because="A moment, and the key of the account that vouched for it.")
