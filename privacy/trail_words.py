"""What the engine's acts with holds, and the reasons for them, are called on the person's page."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.rules.holds import REASONS

registry.say(
    {
        "hold.approved": _("a colleague approved that a record must stay"),
        "hold.lapsed": _("nobody approved that a record must stay, so it need not"),
        "hold.placed": _("a record was marked as one that must stay"),
        "hold.proposed": _("it was asked that a record stays; it stays until that is decided"),
        "hold.refused": _("a colleague did not approve that a record must stay"),
        "hold.released": _("a record need no longer stay"),
        "hold.reviewed": _("it was looked at whether a record must still stay, and it must"),
        "hold.trimmed": _("what a law does not need was taken out of records it keeps"),
        **REASONS,
    }
)

# Partners, what goes to them and comes from them, and what was cleared to begin.
registry.say(
    {
        "disclosure.received": _("a partner gave us facts about you"),
        "disclosures.exported": _("the log of hand-overs was exported"),
        "hand_over.dropped": _("a hand-over a partner did not take was called off"),
        "hand_over.waits": _("a partner did not take a hand-over; nothing was sent"),
        "information.settled": _("it was noted that you were told where data came from"),
        "recipient.approved": _("a recipient was approved"),
        "recipient.change_approved": _("a change of a recipient was approved"),
        "recipient.change_declined": _("a change of a recipient was declined"),
        "recipient.change_proposed": _("a change of a recipient was proposed"),
        "recipient.changed": _("how a recipient is reached was changed"),
        "recipient.ended": _("a recipient was ended"),
        "recipient.proposed": _("a recipient was proposed"),
        "recipient.resumed": _("a recipient may receive again"),
        "recipient.suspended": _("a recipient was stopped"),
        "screening.approved": _("an assessment was approved"),
        "screening.drafted": _("an assessment was drafted"),
        "screening.due": _("an assessment is due for review"),
        "screening.edited": _("an assessment was written"),
        "screening.rejected": _("an assessment was rejected"),
    }
)
