"""Registering an application that came by e-mail, post or phone: a page of the vacancy (T6)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from careers import actions
from careers.models import HandRegistration
from careers.models.application import ReceivedBy
from careers.screens.application_panels import Panel
from careers.screens.forms import ACCEPT, no_numbers
from careers.screens.own import as_download
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin
from careers.uploads import check_upload
from privacy import actions as engine
from privacy.queries import active
from privacy.scans import ScanRefused, check_scan
from privacy.screens.scoping import ScopedRowView

RIGHT = "careers.add_handregistration"
_DATE = {"type": "date"}


class RegisterForm(forms.Form):
    """What came, how it came, and how the applicant agreed."""

    received_by = forms.ChoiceField(
        label=gettext_lazy("It came by"), choices=[each for each in ReceivedBy.choices if each[0] != ReceivedBy.FORM]
    )
    arrived_on = forms.DateField(
        label=gettext_lazy("It arrived on"),
        widget=forms.DateInput(_DATE, format="%Y-%m-%d"),
        help_text=gettext_lazy("This day counts for the deadline, not the day on which you register it."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, validators=[no_numbers])
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=190,
        required=False,
        help_text=gettext_lazy("With an address the applicant gets a receipt and can withdraw there."),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False, validators=[no_numbers])
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the applicant"), choices=[("nb", "Norsk"), ("en", "English")]
    )
    message = forms.CharField(
        label=gettext_lazy("Letter, word for word"),
        max_length=5000,
        required=False,
        validators=[no_numbers],
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Leave out national identity numbers and whatever else does not belong here."),
    )
    cv = forms.FileField(label=gettext_lazy("CV"), required=False, widget=forms.FileInput({"accept": ACCEPT}))
    minor = forms.BooleanField(label=gettext_lazy("The applicant says to be under 18"), required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("The applicant agreed to the question above"), choices=HandRegistration.How.choices
    )
    agreed_on = forms.DateField(
        label=gettext_lazy("The yes was given on"), widget=forms.DateInput(_DATE, format="%Y-%m-%d")
    )
    evidence = forms.FileField(
        label=gettext_lazy("What shows it (scan or e-mail as PDF, or a picture)"),
        required=False,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=gettext_lazy(
            "Required unless it was said on the phone or in person; then your name and the day count."
        ),
    )
    read = forms.BooleanField(
        label=gettext_lazy("The applicant has read or heard the question and how to take the answer back")
    )

    def clean_cv(self):
        upload = self.cleaned_data["cv"]
        return check_upload(upload) if upload else None

    def clean_evidence(self):
        upload = self.cleaned_data["evidence"]
        try:
            return check_scan(upload) if upload else None
        except ScanRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class Register(VacancyPageMixin, FormView):
    """GET shows the form with the question as it was put; POST takes the application in."""

    rights = (SEES, RIGHT)
    page_title = gettext_lazy("Register an application")
    template_name = "careers/admin/register.html"
    form_class = RegisterForm

    def get_initial(self):
        today = timezone.localdate()
        return {"arrived_on": today, "agreed_on": today, "language": self.vacancy.locale.language_code}

    def get_context_data(self, **kwargs):
        return super().get_context_data(texts=self._texts(), **kwargs)

    def form_valid(self, form):
        said = dict(form.cleaned_data)
        del said["read"]
        text = next((each for each in self._texts() if each.language == said["language"]), None)
        try:
            row = actions.register_application(self.vacancy, **said, consent_text=text, by=self.request.user)
        except (actions.NotPossible, engine.ConsentRefused) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The application is registered. It is treated like every other."))
        return HttpResponseRedirect(reverse("careers_applications:inspect", args=[row.pk]))

    def _texts(self) -> list:
        """The question about this vacancy in both languages, as far as it is published."""
        found = []
        for language in ("nb", "en"):
            try:
                found.append(engine.text_for(actions.RECRUITMENT, language))
            except engine.NoWording:
                continue
        return found


def panel(request, row) -> Panel | None:
    """On the page of an application that came another way: how it came and how consent was had."""
    registration = active(HandRegistration.objects.filter(application=row).select_related("registered_by")).first()
    if registration is None:
        return None
    return Panel(gettext_lazy("Registered by hand"), "careers/admin/register_panel.html", {"row": registration})


class Evidence(ScopedRowView):
    """The paper or e-mail that shows the consent, as a download; opening it is written down."""

    also = (RIGHT,)
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        rows = active(HandRegistration.objects.filter(application=self.row, evidence__isnull=False))
        found = rows.select_related("evidence").first()
        if found is None:
            raise Http404
        if request.method == "GET":
            engine.note_read(found, by=request.user)
        engine.note("application.file_opened", subject=self.row.subject_id, record=found, by=request.user)
        return as_download(found.evidence)


ROW_VIEWS = {"evidence": Evidence}
TABS = (Tab(gettext_lazy("Register by hand"), "careers_vacancy_register", RIGHT),)


def addresses() -> list:
    return [path("careers/vacancies/<str:reference>/register/", Register.as_view(), name="careers_vacancy_register")]
