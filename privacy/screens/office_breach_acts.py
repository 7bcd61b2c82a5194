"""What can be done with a breach where it stands: each act a page that says what will happen, and does it on POST."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy.actions import breach_decisions, breach_messages, breaches
from privacy.actions.breach_case import BreachRefused
from privacy.models import Breach
from privacy.queries.breaches import progress
from privacy.rules import breaches as rules
from privacy.scans import ScanRefused, check_scan
from privacy.screens import office_breach_forms as forms
from privacy.screens.office_scope import OfficePageMixin

SEE, CHANGE = "privacy.view_breach", "privacy.change_breach"


class OneBreach(OfficePageMixin):
    """A page about one breach, in `self.breach`."""

    rights: tuple = (SEE,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.breach = get_object_or_404(Breach.objects.select_related("scope_recipient"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def breach_url(self):
        return reverse("privacy-breach", args=[self.breach.pk])

    def get_page_subtitle(self):
        return self.breach.number

    def path(self):
        return [{"url": reverse("privacy-breaches"), "label": gettext_lazy("Breaches")}]


class BreachAct(OneBreach, TemplateView):
    """GET shows, POST acts; what is refused is said above the form, and what was typed stays."""

    rights = (SEE, CHANGE)
    template_name = "privacy/office/breach_form.html"
    http_method_names = ["get", "head", "post"]
    form_class = None
    lead = ""
    confirm_label = gettext_lazy("Yes, do it")
    states: frozenset = frozenset()

    @classmethod
    def is_possible(cls, breach, reached) -> bool:
        """Whether this act is offered where the breach stands; ``reached`` is its Progress."""
        return breach.state in cls.states

    def path(self):
        return [*super().path(), {"url": self.breach_url(), "label": self.breach.number}]

    def get_form(self, *data):
        return self.form_class(*data, initial=None if data else self.get_initial()) if self.form_class else None

    def get_initial(self) -> dict:
        return {}

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST, request.FILES)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            with transaction.atomic():
                said = self.act(form.cleaned_data if form else {})
        except (BreachRefused, rules.IllegalMove, ScanRefused) as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        messages.success(request, said)
        return HttpResponseRedirect(self.breach_url())

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        return super().get_context_data(
            form=form,
            media=form.media if form else None,
            back=self.breach_url(),
            confirm=self.confirm_label,
            **kwargs,
        )


class Describe(BreachAct):
    page_title = gettext_lazy("Describe anew")
    form_class = forms.DescriptionForm
    confirm_label = gettext_lazy("Save")
    lead = gettext_lazy("Compute afterwards whom it touched, when the scope has changed.")
    states = frozenset(rules.STATES) - {rules.CLOSED, rules.NOT_A_BREACH}

    def get_initial(self):
        initial = {name: getattr(self.breach, name) for name in breaches.DESCRIPTION}
        return initial | {"scope_actor": get_user_model()._base_manager.filter(pk=self.breach.scope_actor).first()}

    def act(self, said):
        actor = said.pop("scope_actor")
        breaches.describe_breach(self.breach, **said, scope_actor=actor.pk if actor else None, by=self.request.user)
        return _("Saved.")


class Assess(BreachAct):
    page_title = gettext_lazy("Take it up")
    lead = gettext_lazy("You look into it: was it a breach, whom did it touch, how high is the risk to them?")
    states = frozenset({rules.DETECTED})

    def act(self, said):
        breaches.assess_breach(self.breach, by=self.request.user)
        return _("Taken up.")


class Confirm(BreachAct):
    page_title = gettext_lazy("Confirm the breach")
    form_class = forms.RiskForm
    lead = gettext_lazy("Whom it touched is computed from the scope and stored. The authority's part comes next.")
    states = frozenset({rules.ASSESSING})

    def act(self, said):
        breach = breaches.confirm_breach(self.breach, risk=said["risk"], by=self.request.user)
        return touched_in_words(breach)


class Dismiss(BreachAct):
    page_title = gettext_lazy("It was not a breach")
    form_class = forms.ReasonForm
    lead = gettext_lazy("It stays in the register with your reason.")
    states = frozenset({rules.ASSESSING})

    def act(self, said):
        breaches.dismiss_breach(self.breach, reason=said["reason"], by=self.request.user)
        return _("Decided: it was not a breach.")


class CountAgain(BreachAct):
    page_title = gettext_lazy("Compute whom it touched")
    lead = gettext_lazy("From what is held, read, done and disclosed by now. Whoever has been told stays so.")
    states = frozenset(rules.STATES) - {rules.CLOSED, rules.NOT_A_BREACH, rules.DETECTED}

    def act(self, said):
        return touched_in_words(breaches.count_affected(self.breach, by=self.request.user))


class WeighRisk(BreachAct):
    page_title = gettext_lazy("Weigh the risk anew")
    form_class = forms.NewRiskForm
    states = frozenset({rules.CONFIRMED, rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE})

    def get_initial(self):
        return {"risk": self.breach.risk}

    def act(self, said):
        breach_decisions.assess_risk(self.breach, **said, by=self.request.user)
        return _("The risk was noted.")


class Authority(BreachAct):
    page_title = gettext_lazy("Datatilsynet was notified")
    form_class = forms.AuthorityForm
    lead = gettext_lazy("Send the draft through Altinn first; here you note that it was sent, and when.")
    confirm_label = gettext_lazy("Note it")
    states = frozenset({rules.CONFIRMED, rules.NOT_NOTIFIABLE})

    def get_initial(self):
        return {"at": timezone.localtime()}

    def act(self, said):
        breach_decisions.notify_authority(self.breach, **said, by=self.request.user)
        return _("Noted. The draft as it stands now is on record by its fingerprint.")


class Supplement(BreachAct):
    page_title = gettext_lazy("A supplement was sent")
    form_class = forms.SupplementForm
    confirm_label = gettext_lazy("Note it")
    states = frozenset({rules.AUTHORITY_NOTIFIED, rules.SUBJECTS_NOTIFIED, rules.NOT_REQUIRED})

    @classmethod
    def is_possible(cls, breach, reached):
        return breach.state in cls.states and breach.authority_notified_at is not None

    def get_initial(self):
        return {"at": timezone.localtime(), "reference": self.breach.authority_reference}

    def act(self, said):
        breach_decisions.notify_authority(self.breach, **said, by=self.request.user)
        return _("Noted. The draft as it stands now is on record by its fingerprint.")


class NotNotifiable(BreachAct):
    page_title = gettext_lazy("Datatilsynet need not be notified")
    form_class = forms.ReasonForm
    lead = gettext_lazy("Only when a risk to anybody is unlikely (Art 33(1)). The reason stays in the register.")
    states = frozenset({rules.CONFIRMED})

    @classmethod
    def is_possible(cls, breach, reached):
        return breach.state in cls.states and breach.risk == rules.UNLIKELY

    def act(self, said):
        breach_decisions.decide_not_notifiable(self.breach, reason=said["reason"], by=self.request.user)
        return _("Decided, with the reason.")


class Tell(BreachAct):
    page_title = gettext_lazy("Tell the persons")
    confirm_label = gettext_lazy("Write to everybody it touched")
    states = frozenset({rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE})

    @property
    def lead(self):
        number = progress(self.breach).waiting
        return ngettext(
            "%(n)d person gets a mail: what happened, what may follow, what is done, and whom to ask.",
            "%(n)d persons get a mail each: what happened, what may follow, what is done, and whom to ask.",
            number,
        ) % {"n": number}

    def act(self, said):
        breach_messages.tell_persons(self.breach, by=self.request.user)
        return _("The messages are in line. This page shows how far they are.")


class NotRequired(BreachAct):
    page_title = gettext_lazy("The persons need not be told")
    form_class = forms.NotRequiredForm
    states = frozenset({rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE})

    def get_form(self, *data):
        return self.form_class(*data, risk=self.breach.risk)

    def act(self, said):
        breach_decisions.decide_not_required(self.breach, **said, by=self.request.user)
        return _("Decided, with the reason.")


class Close(BreachAct):
    page_title = gettext_lazy("Close the breach")
    form_class = forms.ReasonForm
    lead = gettext_lazy("It stays in the register; its words and persons go five years from today.")
    states = frozenset({rules.NOT_A_BREACH, rules.SUBJECTS_NOTIFIED, rules.NOT_REQUIRED})

    def act(self, said):
        breach_decisions.close_breach(self.breach, reason=said["reason"], by=self.request.user)
        return _("Closed.")


class Paper(BreachAct):
    page_title = gettext_lazy("File a paper")
    form_class = forms.PaperForm
    confirm_label = gettext_lazy("File it")
    states = frozenset(rules.STATES) - {rules.CLOSED}

    def act(self, said):
        scan = check_scan(said["paper"])
        breaches.file_paper(
            self.breach, scan.stream, display_name=scan.display_name, media_type=scan.media_type, by=self.request.user
        )
        return _("The paper is filed.")


ACTS: dict[str, type[BreachAct]] = {
    "assess": Assess,
    "confirm": Confirm,
    "dismiss": Dismiss,
    "authority": Authority,
    "not-notifiable": NotNotifiable,
    "tell": Tell,
    "not-required": NotRequired,
    "close": Close,
    "supplement": Supplement,
    "risk": WeighRisk,
    "count": CountAgain,
    "describe": Describe,
    "paper": Paper,
}


def possible_acts(breach: Breach, page) -> list[tuple[str, object]]:
    """(address, title) of what can be done where the breach stands, the next step first."""
    offered = [name for name, act in ACTS.items() if act.is_possible(breach, page.progress)]
    # The next step is another one where the authority need not be notified, and where nobody need be told.
    later = {"authority"} if breach.state == rules.NOT_NOTIFIABLE else set()
    later |= {"tell"} if breach.risk != rules.HIGH else set()
    in_order = sorted(offered, key=lambda name: name in later)
    return [(reverse(f"privacy-breach-{name}", args=[breach.pk]), ACTS[name].page_title) for name in in_order]


def touched_in_words(breach: Breach) -> str:
    """How many it touched, in a sentence."""
    number = breach.counts["persons"]
    return ngettext("It touched %(n)d person.", "It touched %(n)d persons.", number) % {"n": number}
