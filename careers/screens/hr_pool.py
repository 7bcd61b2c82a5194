"""The talent pool in the staff pages: who is in it and until when, and writing to them about one vacancy.

There is no way to add anybody: an entry is made by a person's own yes and by nothing else (N32).
"""

import uuid

from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from careers import actions, blindness, kept
from careers.models import PoolMail, TalentPoolEntry
from careers.rules.adverts import is_open
from careers.screens.hr_lists import DayColumn, UnlockedIndex, named
from careers.screens.vacancy_scope import EVERYTHING, SEES, Tab, VacancyPageMixin
from privacy import actions as engine
from privacy.screens.scoping import ScopedModelViewSet, active, unlock

RIGHT = "careers.view_talentpoolentry"


def standing(entry) -> str:
    """Whether somebody may be written to, in a word."""
    if entry.ends_on < timezone.localdate():
        return _("ended, nothing may be sent")
    return _("renewed") if entry.renewed_on else _("asked to renew") if entry.asked_on else _("agreed")


class TalentPoolViewSet(ScopedModelViewSet):
    model = TalentPoolEntry
    icon = "group"
    heading = staticmethod(named)
    menu_label = gettext_lazy("Talent pool")
    url_prefix = "careers/talent-pool"
    viewed = "talent_pool.viewed"
    index_view_class = UnlockedIndex
    list_display = [
        "full_name",
        Column("interest", label=gettext_lazy("First applied for"), sort_key="interest"),
        DayColumn("agreed_on", label=gettext_lazy("Agreed on"), sort_key="agreed_on"),
        DayColumn("ends_on", label=gettext_lazy("Agreed until"), sort_key="ends_on"),
        Column("standing", label=gettext_lazy("Standing"), accessor=standing),
        DayColumn("gone_on", label=gettext_lazy("Deleted on"), accessor=kept.gone_on),
    ]
    inspect_view_fields = ["full_name", "email", "interest", "first_agreed_on", "agreed_on", "ends_on", "renewed_on"]
    search_backend_name = None
    ordering = "-agreed_on"
    list_per_page = 20

    def scope(self, queryset, user):
        return blindness.without_hidden_persons(queryset, user)


class WriteToPool(VacancyPageMixin, TemplateView):
    """The mail about this vacancy word for word, and whom of the talent pool it can go to; only the button sends."""

    rights = (SEES, EVERYTHING, RIGHT)
    page_title = gettext_lazy("Write to the talent pool")
    template_name = "careers/admin/pool_write.html"

    def get(self, request, *args, **kwargs):
        context = self.get_context_data(**kwargs)
        if request.method == "GET":
            for entry in context["reachable"]:
                engine.note_read(entry, by=request.user)
        return self.render_to_response(context)

    def post(self, request, *args, **kwargs):
        picked = [TalentPoolEntry(pk=key) for key in map(_as_key, request.POST.getlist("pick")) if key]
        if not picked:
            messages.error(request, _("Choose at least one person. Nothing was sent."))
            return self._again(422)
        try:
            shown = request.POST.get("shown", "")
            written = actions.write_to_pool(self.vacancy, entries=picked, shown=shown, by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
            return self._again(409)
        messages.success(request, _said(written))
        return HttpResponseRedirect(reverse("careers_vacancy_pool", args=[self.vacancy.reference]))

    def _again(self, status: int):
        response = self.render_to_response(self.get_context_data())
        response.status_code = status
        return response

    def get_context_data(self, **kwargs):
        hiring = self.hiring if self.hiring.pk else None
        preview = actions.preview_pool_letter(self.vacancy)
        seen = blindness.without_hidden_persons(TalentPoolEntry.objects.all(), self.request.user)
        reachable = actions.reachable(self.vacancy)
        written = active(PoolMail.objects.filter(vacancy_reference=self.vacancy.reference, entry__in=seen))
        shown = set(seen.filter(pk__in=[entry.pk for entry in reachable]).values_list("pk", flat=True))
        return super().get_context_data(
            is_open=is_open(self.vacancy, hiring, timezone.now()),
            reachable=unlock([entry for entry in reachable if entry.pk in shown]),
            letters=preview.letters,
            digest=preview.digest,
            written=written.select_related("entry__subject", "written_by").order_by("-written_at"),
            **kwargs,
        )


def _said(written) -> str:
    sent = ngettext("%(n)d mail is in line.", "%(n)d mails are in line.", written.sent) % {"n": written.sent}
    if not written.left_out:
        return sent
    left_out = ngettext(
        "%(n)d person was left out: they may no longer be written to, or have been already.",
        "%(n)d persons were left out: they may no longer be written to, or have been already.",
        written.left_out,
    )
    return f"{sent} {left_out % {'n': written.left_out}}"


def _as_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


VIEWSETS = (TalentPoolViewSet("careers_pool"),)
TABS = (Tab(gettext_lazy("Talent pool"), "careers_vacancy_pool", RIGHT),)


def addresses() -> list:
    own = "careers/vacancies/<str:reference>/talent-pool/"
    return [path(own, WriteToPool.as_view(), name="careers_vacancy_pool")]
