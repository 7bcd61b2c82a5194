"""What can be done with a hold where it stands: each act a page that says what will happen, and does it on POST."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy import actions
from privacy.models import LegalHold
from privacy.queries import holds as reads
from privacy.rules import holds as rules
from privacy.screens import office_hold_forms as forms
from privacy.screens.office_scope import OfficePageMixin, today
from privacy.second_person import OwnApproval

SEE, ADD, CHANGE = "privacy.view_legalhold", "privacy.add_legalhold", "privacy.change_legalhold"


class HoldPage(OfficePageMixin):
    """A page about holds."""

    rights: tuple = (SEE,)

    def path(self):
        return [{"url": reverse("privacy-holds"), "label": gettext_lazy("Holds")}]


class OneHold(HoldPage):
    """A page about one hold and those decided with it, in `self.hold`."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.hold = get_object_or_404(LegalHold.objects.select_related("paper"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def hold_url(self):
        return reverse("privacy-hold", args=[self.hold.pk])

    def get_page_subtitle(self):
        return str(self.hold.pk)[:8]


class HoldAct(OneHold, TemplateView):
    """GET says what will happen, POST does it; a refusal is said on the page and changes nothing."""

    rights = (SEE, CHANGE)
    template_name = "privacy/office/hold_act.html"
    http_method_names = ["get", "head", "post"]
    form_class = None
    danger = False
    # Whether it decides on all records of the decision, or on this one.
    of_all = True
    button = lead = said = ""

    @staticmethod
    def is_possible(decision, day) -> bool:
        """Whether it is offered where the hold stands on ``day``."""
        return decision.is_waiting

    def path(self):
        return [*super().path(), {"url": self.hold_url(), "label": str(self.hold.pk)[:8]}]

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self.act(**(form.cleaned_data if form else {}))
        except (actions.HoldRefused, OwnApproval) as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        messages.success(request, self.said)
        return HttpResponseRedirect(self.hold_url())

    def get_context_data(self, form=None, **kwargs):
        form = form or (self.form_class() if self.form_class else None)
        lines = reads.decision(self.hold, day=today()).lines
        touched = lines if self.of_all else [line for line in lines if line.hold.pk == self.hold.pk]
        media = form.media if form else None
        return super().get_context_data(
            form=form, media=media, back=self.hold_url(), hold=self.hold, touched=touched, **kwargs
        )


class Approve(HoldAct):
    page_title = button = gettext_lazy("Approve")
    lead = gettext_lazy("These records stay, locked away, until their day or until somebody releases them.")
    said = gettext_lazy("Approved. The records stay.")

    def act(self):
        actions.approve_holds(self.hold.batch, by=self.request.user)


class Refuse(HoldAct):
    page_title = button = gettext_lazy("Refuse")
    lead = gettext_lazy("The records follow their own time limits again. What is due goes with the next nightly run.")
    said = gettext_lazy("Refused. The records follow their own time limits again.")
    danger = True

    def act(self):
        actions.refuse_holds(self.hold.batch, by=self.request.user)


class Review(HoldAct):
    page_title = button = gettext_lazy("Still needed")
    lead = gettext_lazy("You have looked at it, and the reason still stands. Say when to look again.")
    said = gettext_lazy("Noted. It will be looked at again on that day.")
    form_class = forms.ReviewForm

    @staticmethod
    def is_possible(decision, day):
        return decision.has_review

    def act(self, review_on):
        actions.review_holds(self.hold.batch, review_on=review_on, by=self.request.user)


class Release(HoldAct):
    page_title = button = gettext_lazy("Release")
    lead = gettext_lazy(
        "This record need no longer stay. An erasure that waits for it completes by itself with the next nightly run."
    )
    said = gettext_lazy("Released. What waited for it completes with the next nightly run.")
    danger = True
    of_all = False

    @staticmethod
    def is_possible(decision, day):
        hold = decision.hold
        by_law = hold.ground == rules.STATUTORY
        return hold.state == LegalHold.State.ACTIVE and not by_law and (hold.until is None or hold.until >= day)

    def act(self):
        actions.release_hold(self.hold, by=self.request.user)


ACTS: dict[str, type[HoldAct]] = {"approve": Approve, "refuse": Refuse, "review": Review, "release": Release}
