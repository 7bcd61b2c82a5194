"""What our acts, mails and reasons are called on a person's own page. Found by name at start-up."""

from django.utils.translation import gettext_lazy as _

from privacy import registry

registry.say(
    {
        "application.clock_moved": _("the time limit of an application was moved"),
        "application.confirmed": _("an application was confirmed"),
        "application.file_opened": _("a file of an application was opened by staff"),
        "application.moved": _("an application got a new stage"),
        "application.note_added": _("a note was written about an application"),
        "application.submitted": _("an application was received"),
        "application.viewed": _("an application was read by staff"),
        "application.withdrawn": _("an application was withdrawn"),
        "talent_pool.joined": _("entered into the talent pool"),
        "talent_pool.left": _("taken out of the talent pool"),
        "talent_pool.viewed": _("an entry in the talent pool was read by staff"),
        "careers/mail/confirm": _("a receipt for your application"),
        "careers/mail/moved": _("news about your application"),
        "careers/mail/withdrawn": _("a receipt for a withdrawn application"),
    }
)
