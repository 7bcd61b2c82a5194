"""One string looked for everywhere: where it lies and how often, never what stands around it (T38, L47)."""

from django import forms
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from privacy.actions.finding import PURPOSES, FindRefused, TooManySearches, find_for
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin

FIND = "privacy.find_staffread"
ROOMS = [Room(_("Find"), "privacy-find", "search", FIND)]


class FindForm(forms.Form):
    """What to look for, what for, and in which case."""

    text = forms.CharField(
        label=_("What to look for"),
        max_length=200,
        strip=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A name, an address, a number. It is not stored anywhere."),
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("Choose one")), *PURPOSES.items()])
    number = forms.CharField(
        label=_("Number of the case"), max_length=20, help_text=_("Such as SR-2026-000001 or BR-2026-000001.")
    )


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class FindPage(OfficePageMixin, TemplateView):
    """GET shows the form, POST searches. The string travels in the body alone and stands in no address and no log."""

    rights = (FIND,)
    template_name = "privacy/office/find.html"
    page_title = _("Find")
    http_method_names = ["get", "head", "post"]

    def path(self):
        return []

    def post(self, request, *args, **kwargs):
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            found = find_for(**form.cleaned_data, by=request.user)
        except FindRefused as refusal:
            status = 429 if isinstance(refusal, TooManySearches) else 200
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)), status=status)
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def get_context_data(self, form=None, **kwargs):
        form = form or FindForm()
        return super().get_context_data(form=form, media=form.media, **kwargs)


def addresses():
    """Below /admin/."""
    return [path("privacy/find/", FindPage.as_view(), name="privacy-find")]
