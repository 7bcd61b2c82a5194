"""Pages about jobs. No person is named in them: pages keep old versions, and people have a right to be forgotten."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

BODY_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
HOME_DEPTH = 2


class CareersPage(Page):
    """What both pages share: a lead under the heading and the way back."""

    lead = models.TextField(
        _("lead"), blank=True, max_length=400, help_text=_("One or two sentences under the heading.")
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What a search engine shows: the editor's own text, else the lead."""
        return self.search_description or self.lead

    def crumbs(self) -> list[dict[str, str]]:
        """Title and address of each page above this one, from the home page down."""
        above = self.get_ancestors().live().filter(depth__gte=HOME_DEPTH)
        return [{"title": page.title, "url": page.url} for page in above]


class CareersIndexPage(CareersPage):
    """All vacancies one can apply for now, the nearest deadline first."""

    body = RichTextField(_("about working here"), features=BODY_FEATURES, blank=True)

    template = "careers/index.html"
    subpage_types = ["careers.VacancyPage"]
    content_panels = [*CareersPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("list of vacancies")

    def get_context(self, request, *args, **kwargs):
        vacancies = VacancyPage.objects.live().child_of(self).open_at(timezone.now()).order_by("closes_at", "pk")
        return {**super().get_context(request, *args, **kwargs), "vacancies": vacancies}


class VacancyQuerySet(PageQuerySet):
    def open_at(self, now):
        """Vacancies one can apply for at this moment: from the opening on, before the closing."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class VacancyPage(RoutablePageMixin, CareersPage):
    """One vacancy. It can be applied for between two moments, whatever else happens to the page (L41)."""

    class Employment(models.TextChoices):
        PERMANENT = "permanent", _("permanent")
        TEMPORARY = "temporary", _("temporary")
        APPRENTICE = "apprentice", _("apprenticeship")
        SEASONAL = "seasonal", _("seasonal")

    reference = models.CharField(
        _("reference"), max_length=20, help_text=_("Short and the same in both languages, for example 2026-04.")
    )
    body = RichTextField(_("about the job"), features=BODY_FEATURES, blank=True)
    location = models.CharField(_("place of work"), max_length=120)
    extent = models.CharField(_("extent"), max_length=60, help_text=_("For example 100 %."))
    employment_type = models.CharField(_("employment"), max_length=12, choices=Employment, default=Employment.PERMANENT)
    positions = models.PositiveSmallIntegerField(_("positions"), default=1, validators=[MinValueValidator(1)])
    contact_role = models.CharField(
        _("who answers questions"), max_length=80, help_text=_("A role, never a person's name.")
    )
    contact_phone = models.CharField(_("the company's phone number"), max_length=30)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now, help_text=_("Oslo time."))
    closes_at = models.DateTimeField(_("closes"), help_text=_("Oslo time. From this moment on nobody can apply."))
    cv_required = models.BooleanField(_("a CV is required"), default=False)

    template = "careers/vacancy.html"
    parent_page_types = ["careers.CareersIndexPage"]
    subpage_types = []
    content_panels = [
        *CareersPage.content_panels,
        FieldPanel("reference"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("location"), FieldPanel("extent")]),
                FieldRowPanel([FieldPanel("employment_type"), FieldPanel("positions")]),
            ],
            heading=_("The position"),
        ),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], heading=_("When one can apply")),
        FieldPanel("cv_required"),
        FieldRowPanel([FieldPanel("contact_role"), FieldPanel("contact_phone")], heading=_("Questions go to")),
    ]
    objects = PageManager.from_queryset(VacancyQuerySet)()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="vacancy_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(positions__gt=0), name="vacancy_has_a_position"),
        ]

    def clean(self):
        super().clean()
        others = VacancyPage.objects.filter(reference=self.reference).exclude(translation_key=self.translation_key)
        if others.exists():
            raise ValidationError({"reference": _("Another vacancy has this reference. Choose one that is not taken.")})

    def is_open(self, now) -> bool:
        """Whether one can apply at this moment: the page is live, it has opened and has not closed."""
        return self.live and self.opens_at <= now < self.closes_at

    def has_closed(self, now) -> bool:
        return now >= self.closes_at

    def get_context(self, request, *args, **kwargs):
        from privacy.queries import is_active

        now = timezone.now()
        own = {"is_open": self.is_open(now), "has_closed": self.has_closed(now), "is_cleared": is_active("recruitment")}
        return {**super().get_context(request, *args, **kwargs), **own}

    def get_sitemap_urls(self, request=None):
        """A vacancy that nobody can apply for is not offered to search engines (L41)."""
        return super().get_sitemap_urls(request) if self.is_open(timezone.now()) else []

    @path("apply/", name="apply")
    def apply(self, request):
        from careers.screens.apply import apply_for

        return apply_for(request, self)

    @path("apply/received/", name="received")
    def received(self, request):
        from careers.screens.apply import receipt

        return receipt(request, self)
