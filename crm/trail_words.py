"""What our acts, mails and reasons are called on a person's own page. Found by name at start-up."""

from django.utils.translation import gettext_lazy as _

from privacy import registry

registry.say(
    {
        "contact.created": _("contact details were entered"),
        "contact.informed": _("you were told where your details came from"),
        "contact.invited": _("you were invited to your own page"),
        "contact.updated": _("contact details were changed"),
        "contact.viewed": _("contact details were read by staff"),
        "delivery.booked": _("a delivery was booked"),
        "delivery.delivered": _("a delivery arrived"),
        "delivery.planned": _("a delivery was planned"),
        "delivery.updated": _("a delivery was changed"),
        "delivery.viewed": _("a delivery was looked at by staff"),
        "employment.added": _("a place of work was added"),
        "employment.ended": _("a place of work was ended"),
        "interaction.recorded": _("a conversation was noted"),
        "interaction.updated": _("a note of a conversation was changed"),
        "interaction.viewed": _("a note of a conversation was read by staff"),
        "invoice.credited": _("an invoice was credited"),
        "invoice.issued": _("an invoice was issued"),
        "order.moved": _("an order got a new state"),
        "order.placed": _("an order was placed"),
        "order.updated": _("an order was changed"),
        "accounting-document": _("it is part of our accounts"),
        "packing-slip": _("it is the packing slip of goods that were sent, part of our accounts"),
    }
)
