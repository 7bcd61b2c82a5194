"""Interviews in the staff pages: what lies ahead, one meeting, and the acts on it; met through their application."""

import django_filters
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from careers import actions, blindness, meeting_times, queries
from careers.blindness import blinded
from careers.meeting_mails import when
from careers.models import Application, Interview
from careers.screens.application_panels import Panel
from careers.screens.meeting_forms import ChangeForm, OfferForm, TimesForm
from privacy.queries import active
from privacy.screens.scoping import ScopedIndexView, ScopedInspectView, ScopedModelViewSet, ScopedRowView, unlock

SEES = "careers.view_interview"
_MEETING = ("kind", "place", "minutes", "with_whom", "message")


def name_of(interview, user) -> str:
    """The applicant, as this reader may know them."""
    return queries.shown_name(interview.application, user)


def time_of(interview) -> str:
    """When it is, in the reader's language; while no time is agreed, where it stands."""
    return when(interview.starts_at, get_language()) if interview.starts_at else interview.get_state_display()


def url_of(interview) -> str:
    """The page of one interview."""
    return reverse("careers_interviews:inspect", args=[interview.pk])


def heading_of(interview) -> str:
    """What an interview is called: by its time, never by a name."""
    return f"{interview._meta.verbose_name.capitalize()} {time_of(interview)}"


class InterviewFilter(WagtailFilterSet):
    """Today, this week, all that lie ahead, or those that are over."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="narrow",
        choices=[("today", _("Today")), ("week", _("This week")), ("ahead", _("Ahead")), ("past", _("Past"))],
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Interview
        fields = ["state"]

    def __init__(self, data=None, *args, **kwargs):
        # Whoever opens the list looks for what comes.
        data = data.copy() if data is not None else QueryDict(mutable=True)
        data.setdefault("when", "ahead")
        super().__init__(data, *args, **kwargs)

    def narrow(self, queryset, name, value):
        return meeting_times.between(queryset, value, now=timezone.now())


class InterviewList(ScopedIndexView):
    """The list, with the names this reader may read; the keys of one page come in one query."""

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        rows = unlock(rows)
        applications = unlock([row.application for row in rows])
        blindness.mark(applications, self.request.user)
        for row in rows:
            row.applicant = name_of(row, self.request.user)
        page.object_list = rows
        return paginator, page, rows, is_paginated


class InterviewPage(ScopedInspectView):
    """One interview: the times, the answer, and what can be done."""

    def get_page_subtitle(self):
        return self.object.application.vacancy_title

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(
            applicant=name_of(row, self.request.user),
            # What is said to and by an applicant is signed with a name more often than not.
            message=blinded(row.message, row.application, self.request.user),
            answer=blinded(row.answer, row.application, self.request.user),
            slots=active(row.slots.all()),
            may_change=self.request.user.has_perm("careers.change_interview"),
            **kwargs,
        )


class Offer(ScopedRowView):
    """Times for one applicant, from the page of the application."""

    also = ("careers.add_interview",)
    page_title = _("Offer interview times")
    confirm_label = _("Send to the applicant")
    lead = _("The applicant gets a mail and chooses a time without signing in. The stage of the application stays.")
    form_class = OfferForm

    def act(self, form):
        said = form.cleaned_data
        meeting = {name: said[name] for name in _MEETING}
        actions.offer_interview(self.row, times=form.times(), **meeting, agreed=said["agreed"], by=self.request.user)
        return _("The invitation is sent.") if said["agreed"] else _("The times are sent to the applicant.")


class Change(ScopedRowView):
    """Another time or place: the applicant's calendar follows."""

    needs = "change"
    page_title = _("Change the interview")
    confirm_label = _("Change and tell the applicant")
    lead = _("The applicant gets a mail, and the entry in their calendar changes.")
    form_class = ChangeForm

    def get_initial(self):
        return {name: getattr(self.row, name) for name in (*_MEETING, "starts_at")}

    def act(self, form):
        said = form.cleaned_data
        meeting = {name: said[name] for name in _MEETING}
        actions.change_interview(self.row, starts_at=said["starts_at"], **meeting, by=self.request.user)
        return _("The interview is changed, and the applicant is told.")


class OfferAgain(ScopedRowView):
    """Other times for a meeting that has none."""

    needs = "change"
    page_title = _("Offer other times")
    confirm_label = _("Send to the applicant")
    form_class = TimesForm

    def act(self, form):
        actions.offer_other_times(self.row, times=form.times(), by=self.request.user)
        return _("The times are sent to the applicant.")


class CallOff(ScopedRowView):
    """The meeting does not take place."""

    needs = "change"
    danger = True
    page_title = _("Call off the interview")
    confirm_label = _("Call off and tell the applicant")
    lead = _("The applicant gets a mail, and the entry leaves their calendar. The application stays as it is.")

    def act(self, form):
        actions.cancel_interview(self.row, by=self.request.user)
        return _("The interview is called off, and the applicant is told.")


class InterviewViewSet(ScopedModelViewSet):
    model = Interview
    icon = "calendar-alt"
    heading = staticmethod(heading_of)
    menu_label = _("Interviews")
    url_prefix = "careers/interviews"
    viewed = "interview.viewed"
    refusals = (actions.NotPossible,)
    index_view_class = InterviewList
    inspect_view_class = InterviewPage
    inspect_template_name = "careers/admin/interview.html"
    own_views = {"change": Change, "offer-again": OfferAgain, "call-off": CallOff}
    list_display = [
        TitleColumn("when", label=_("When"), accessor=time_of, get_url=url_of),
        Column("applicant", label=_("Applicant")),
        Column("vacancy", label=_("Vacancy"), accessor="application.vacancy_title"),
        Column("get_kind_display", label=_("How")),
        Column("get_state_display", label=_("State")),
    ]
    filterset_class = InterviewFilter
    search_backend_name = None
    ordering = ("starts_at", "made_at")
    list_per_page = 30
    list_select_related = ("application__subject",)

    def scope(self, queryset, user):
        readable = queries.readable_by(active(Application.objects.all()), user)
        return queryset.filter(application__in=readable.values("pk")).select_related("application__subject")


def panel(request, row) -> Panel | None:
    """The interviews of one application, for who may see interviews."""
    if not request.user.has_perm(SEES):
        return None
    offer = reverse("careers_applications:interview", args=[row.pk])
    context = {
        "interviews": unlock(active(row.interviews.prefetch_related("slots"))),
        "offer_url": offer if row.is_live and request.user.has_perm("careers.add_interview") else "",
        "lacks_guardian": actions.lacks_guardian(row),
    }
    return Panel(_("Interviews"), "careers/admin/interviews_panel.html", context)


ROW_VIEWS = {"interview": Offer}
VIEWSETS = (InterviewViewSet("careers_interviews"),)
