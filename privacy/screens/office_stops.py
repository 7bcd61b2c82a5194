"""Who a case belongs to, whom to tell, and what stands still because of it: matching, Article 19, 18 and 21."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from privacy import actions, queries, words
from privacy.actions.stop_mail import can_be_mailed
from privacy.models import Objection, RecipientNotice, Restriction
from privacy.screens import office_forms as forms
from privacy.screens.office_case_act import CaseAct
from privacy.templatetags.office_words import ground_words
from privacy.templatetags.privacy_words import day as in_words


class Match(CaseAct):
    """ "This is the same person": never by the address alone (T31)."""

    page_title = _("This is the same person")
    lead = _("The same address alone proves nobody. What this record holds will count as theirs, and they can read it.")
    form_class = forms.MatchForm
    confirm_label = _("Yes, the same person")
    danger = True

    @classmethod
    def possible(cls, case, now, *, day):
        return case.is_open and case.subject.proved_as_id is None

    def candidate(self):
        found = [person for person in actions.candidates_for(self.case) if person.pk == self.kwargs["person"]]
        if not found:
            raise Http404
        return found[0]

    def facts(self):
        person = self.candidate()
        return [
            (_("Record"), str(person.pk)[:8]),
            (_("What they are to us"), ", ".join(words.in_words("roles", list(person.roles))) or "–"),
            (_("Since"), in_words(person.created_at)),
        ]

    def act(self, form):
        actions.match_request(self.case, subject=self.candidate(), by=self.request.user, **form.cleaned_data)
        return _("Matched. The case now counts for this person.")


class Settle(CaseAct):
    """One recipient of one case has been told, or could not be (Art 19)."""

    page_title = _("Tell the recipient")
    lead = _("Give them our references and never a name: they know from the references whom it is about.")
    form_class = forms.NoticeForm
    confirm_label = _("Save")

    def is_possible(self):
        return self.notice() is not None

    def notice(self):
        mine = [each.pk for each in queries.request_page(self.case).notices]
        due = RecipientNotice.objects.filter(pk__in=mine, state=RecipientNotice.State.DUE).select_related("recipient")
        return get_object_or_404(due, pk=self.kwargs["notice"])

    def facts(self):
        notice = self.notice()
        return [
            (_("Recipient"), notice.recipient.name),
            (_("What about"), notice.get_about_display()),
            (_("Our references"), ", ".join(notice.references) or "–"),
        ]

    def act(self, form):
        said = form.cleaned_data
        actions.settle_notice(
            self.notice(),
            told=said["told"] == "told",
            reason=said["reason"],
            answer=said["answer"],
            by=self.request.user,
        )
        return _("Noted. The task is closed.")


class OneRestriction(CaseAct):
    """An act on an open restriction of the person whose case it is."""

    def is_possible(self):
        return self.restriction() is not None

    def restriction(self):
        open_ones = Restriction.objects.filter(subject__in=self.case.subject.group(), lifted_at=None)
        return get_object_or_404(open_ones, pk=self.kwargs["restriction"])

    def facts(self):
        restriction = self.restriction()
        return [
            (_("What stands still"), what_is_paused(restriction)),
            (_("Why"), ground_words(restriction.ground)),
            (_("Since"), in_words(restriction.opened_at)),
        ]


class Announce(OneRestriction):
    page_title = _("Announce the end of the pause")
    lead = _("The law wants the person told before the use begins again (Art 18(3)).")
    form_class = forms.AnnounceForm
    confirm_label = _("Tell the person")

    def by_letter(self) -> bool:
        return not can_be_mailed(self.case.subject)

    def facts(self):
        how = _("by letter: print it from the case, and post it") if self.by_letter() else _("by e-mail")
        return [*super().facts(), (_("How they are told"), how)]

    def act(self, form):
        by_letter = self.by_letter()
        actions.announce_end(self.case, self.restriction(), **form.cleaned_data, by=self.request.user)
        if by_letter:
            return _("The letter lies in the case: print and post it. The pause can be ended from that day.")
        return _("The person is being told. The pause can be ended from that day.")


class Lift(OneRestriction):
    page_title = _("End the pause")
    lead = _("From now on the data may be used again.")
    confirm_label = _("End it")

    def act(self, form):
        actions.end_pause(self.case, self.restriction(), by=self.request.user)
        return _("The pause has ended.")


class Decide(CaseAct):
    """What becomes of an objection that is being weighed (Art 21(1))."""

    page_title = _("Decide the objection")
    lead = _("The use has stood still since they objected. It begins again only if our grounds are compelling.")
    form_class = forms.DecideForm
    confirm_label = _("Decide")

    def is_possible(self):
        return self.objection() is not None

    def objection(self):
        weighed = Objection.objects.filter(subject__in=self.case.subject.group(), state=Objection.State.OPEN)
        return get_object_or_404(weighed, pk=self.kwargs["objection"])

    def facts(self):
        objection = self.objection()
        return [
            (_("To what"), words.activity_title(objection.activity)),
            (_("Made"), in_words(objection.made_at)),
        ]

    def act(self, form):
        said = form.cleaned_data
        upheld = said["upheld"] == "yes"
        reason = "" if upheld else said["reason_code"]
        actions.decide_objection(self.objection(), upheld=upheld, reason_code=reason, by=self.request.user)
        return _("Decided. The person can read it in their case.")


def what_is_paused(restriction: Restriction) -> str:
    """A whole person, or one record by its kind and number."""
    if not restriction.model:
        return _("everything about this person")
    return f"{words.model_title(restriction.model)} {restriction.object_pk[:8]}"


def stop_acts(page, *, day, may_act: bool) -> dict:
    """{"restrictions": [...], "objections": [...]}: what stands still, in words, with the acts possible on ``day``."""
    case = page.request
    return {
        "restrictions": [_restriction_row(case, each, day, may_act) for each in page.restrictions],
        "objections": [_objection_row(case, each, may_act) for each in page.objections],
    }


def _restriction_row(case, restriction, day, may_act) -> dict:
    acts = []
    if may_act and restriction.lift_told_at is None:
        acts.append((_("Announce the end"), reverse("privacy-request-announce", args=[case.pk, restriction.pk])))
    elif may_act and restriction.lift_on <= day:
        acts.append((_("End the pause"), reverse("privacy-request-lift", args=[case.pk, restriction.pk])))
    return {"row": restriction, "what": what_is_paused(restriction), "acts": acts}


def _objection_row(case, objection, may_act) -> dict:
    acts = []
    if may_act and objection.state == Objection.State.OPEN:
        acts.append((_("Decide"), reverse("privacy-request-decide", args=[case.pk, objection.pk])))
    return {"row": objection, "what": words.activity_title(objection.activity), "acts": acts}
