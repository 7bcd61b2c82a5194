"""/admin/privacy/notice/: the versions, where they differ from the register, the draft, who was told (N64, N66)."""

from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from privacy import actions, queries
from privacy.actions import notice_mails
from privacy.models import NoticeVersion
from privacy.plots import Plot
from privacy.queries.notice_differences import differences
from privacy.queries.notice_facts import change_text
from privacy.queries.notice_versions import coming_day, draft_version, published_versions, told_counts
from privacy.rules.notices import Change
from privacy.screens.office_notice_forms import DraftForm
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficeOnly, OfficePageMixin
from privacy.second_person import OwnApproval

SEE, DRAFT, DECIDE = "privacy.view_noticeversion", "privacy.add_noticeversion", "privacy.change_noticeversion"
ROOMS = [Room(_("Privacy notice"), "privacy-notice", "doc-full", SEE)]


class Notice(OfficePageMixin, TemplateView):
    """What is in force, what is on its way, and what the register says that the notice does not."""

    rights = (SEE,)
    template_name = "privacy/office/notice.html"
    page_title = _("Privacy notice")
    header_icon = "doc-full"
    http_method_names = ["get", "head"]

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        found = published_versions()
        drift = queries.notice_drift()
        return super().get_context_data(
            versions=[{"version": each, "text": queries.text_of(each, _language())} for each in found],
            in_force=queries.version_in_force(),
            pending=queries.pending_version(),
            draft=draft_version(),
            drift=drift,
            is_material=any(each.material for each in drift),
            plot=_told_plot(found),
            **kwargs,
        )


class DraftNew(OfficePageMixin, TemplateView):
    """The form of a draft: what differs, whether it is significant, who is told. POST freezes the words."""

    rights = (SEE, DRAFT)
    template_name = "privacy/office/notice_draft_new.html"
    page_title = _("Draft the next version")
    header_icon = "doc-full"
    http_method_names = ["get", "head", "post"]

    def path(self):
        return [_room()]

    def post(self, request, *args, **kwargs):
        form = DraftForm(request.POST)
        if form.is_valid():
            try:
                version = actions.draft_notice(by=request.user, **form.said())
            except actions.NoticeRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return HttpResponseRedirect(reverse("privacy-notice-version", args=[version.pk]))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, form=None, **kwargs):
        drift = queries.notice_drift()
        form = form or DraftForm(initial=_first_words())
        material = any(each.material for each in drift)
        return super().get_context_data(form=form, drift=drift, is_material=material, media=form.media, **kwargs)


class OneVersion(OfficePageMixin, TemplateView):
    """One version: its words, what differs from the one before, why it is significant or not, and who was told."""

    rights = (SEE,)
    template_name = "privacy/office/notice_version.html"
    header_icon = "doc-full"
    http_method_names = ["get", "head"]

    def path(self):
        return [_room()]

    def get_page_title(self):
        number = self.version.number
        return _("Version %(number)s") % {"number": number} if number else _("Draft of the next version")

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.version = _version_or_404(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        version, language = self.version, _language()
        before = _before(version)
        text = queries.text_of(version, language)
        groups = differences(queries.text_of(before, language), text) if before else []
        return super().get_context_data(
            version=version,
            text=text,
            before=before,
            groups=groups,
            reasons=[_reason(each) for each in version.reasons],
            audiences=[notice_mails.AUDIENCES[each] for each in version.audiences],
            mine=str(version.created_by) == str(self.request.user.pk),
            plot=_told_plot([version]),
            social=version.changes(language) if "social" in version.channels else "",
            **kwargs,
        )


class Act(OfficeOnly, View):
    """One press on a draft: publish, approve or discard. POST only."""

    rights = (SEE, DECIDE)
    http_method_names = ["post"]
    acts = {"publish": actions.publish_notice, "approve": actions.approve_notice, "discard": actions.discard_draft}
    said = {
        "publish": _("Published. It applies from today."),
        "approve": _(
            "Approved. Everybody it concerns is being told now; it applies when that is done and the time is up."
        ),
        "discard": _("The draft is discarded."),
    }

    def post(self, request, *args, pk, act):
        if act not in self.acts:
            raise Http404
        version = _version_or_404(pk)
        try:
            self.acts[act](version, by=request.user)
        except (actions.NoticeRefused, OwnApproval) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("privacy-notice-version", args=[pk]))
        messages.success(request, self.said[act])
        return HttpResponseRedirect(reverse("privacy-notice"))


def addresses() -> list:
    """The room's paths below /admin/."""
    return [
        path("privacy/notice/", Notice.as_view(), name="privacy-notice"),
        path("privacy/notice/draft/", DraftNew.as_view(), name="privacy-notice-draft"),
        path("privacy/notice/<uuid:pk>/", OneVersion.as_view(), name="privacy-notice-version"),
        path("privacy/notice/<uuid:pk>/<slug:act>/", Act.as_view(), name="privacy-notice-act"),
    ]


def _room() -> dict:
    return {"url": reverse("privacy-notice"), "label": _("Privacy notice")}


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "nb"


def _version_or_404(pk) -> NoticeVersion:
    found = NoticeVersion.objects.filter(pk=pk).prefetch_related("texts").first()
    if found is None:
        raise Http404
    return found


def _before(version: NoticeVersion) -> NoticeVersion | None:
    found = published_versions()
    return next((each for each in found if version.number is None or each.number < version.number), None)


def _first_words() -> dict:
    changes = queries.changes_since(queries.version_in_force())
    words = {f"changes_{language}": queries.default_changes(language, changes) for language in ("nb", "en")}
    return {**words, "audiences": list(notice_mails.AUDIENCES), "wanted_from": coming_day()}


def _reason(row) -> dict:
    change = Change(*row)
    return {"text": change_text(change), "material": change.is_material}


def _told_plot(versions) -> Plot:
    """How many persons each version was sent to, and what became of it."""
    rows = []
    for version in reversed([each for each in versions if each.number]):
        counts = told_counts(version)
        numbers = tuple(counts.get(state, 0) for state in ("sent", "queued", "left_out", "failed"))
        if any(numbers):
            rows.append((_("Version %(number)s") % {"number": version.number}, numbers))
    columns = [_("sent"), _("waiting"), _("left out"), _("could not be sent")]
    return Plot(_("Who was told"), _("Persons written to about each version."), columns, rows)
