"""Pages about jobs. No person is named in them: pages keep old versions, and people have a right to be forgotten."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.rich_text import expand_db_html

from careers.models import faults
from careers.models.advert import ContactBlock, Country, Employment, Occupation, Sector
from careers.models.hiring import Hiring
from careers.rules import adverts

BODY_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
HOME_DEPTH = 2
FULL_TIME = 100


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


class CareersIndexPage(RoutablePageMixin, CareersPage):
    """All vacancies one can apply for now, the nearest deadline first."""

    body = RichTextField(_("about working here"), features=BODY_FEATURES, blank=True)

    template = "careers/index.html"
    subpage_types = ["careers.VacancyPage"]
    content_panels = [*CareersPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("list of vacancies")

    def open_vacancies(self, now):
        """The vacancies below this page one can apply for, the nearest deadline first."""
        return VacancyPage.objects.live().child_of(self).open_at(now).order_by("closes_at", "pk")

    def get_context(self, request, *args, **kwargs):
        vacancies = self.open_vacancies(timezone.now())
        return {**super().get_context(request, *args, **kwargs), "vacancies": vacancies}

    @path("rss/", name="rss")
    def rss(self, request):
        from careers.screens.feeds import rss

        return rss(request, self)

    @path("json/", name="json")
    def json(self, request):
        from careers.screens.feeds import nav_json

        return nav_json(request, self)


class VacancyQuerySet(PageQuerySet):
    def open_at(self, now):
        """Vacancies one can apply for at this moment: from the opening on, before the closing, and not closed early."""
        closed = Hiring.objects.filter(reference=OuterRef("reference"), closed_at__lte=now)
        return self.filter(~Exists(closed), opens_at__lte=now, closes_at__gt=now)


class VacancyPage(RoutablePageMixin, CareersPage):
    """One vacancy. It can be applied for between two moments, whatever else happens to the page (L41)."""

    Employment = Employment

    reference = models.CharField(
        _("reference"), max_length=20, help_text=_("Short and the same in both languages, for example 2026-04.")
    )
    body = RichTextField(_("about the job"), features=BODY_FEATURES, blank=True)
    occupation = models.CharField(_("occupation"), max_length=4, choices=Occupation)
    employment_type = models.CharField(_("employment"), max_length=12, choices=Employment, default=Employment.PERMANENT)
    percentage = models.PositiveSmallIntegerField(
        _("percentage of full time"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    positions = models.PositiveSmallIntegerField(_("positions"), default=1, validators=[MinValueValidator(1)])
    sector = models.CharField(_("sector"), max_length=8, choices=Sector, default=Sector.PRIVATE)
    starts_on = models.DateField(_("first day of work"), null=True, blank=True)
    start_words = models.CharField(
        _("start, in words"), max_length=80, blank=True, help_text=_("Instead of a day, for example “as agreed”.")
    )
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    town = models.CharField(_("place of work"), max_length=120, help_text=_("The town or place, for example Oslo."))
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country, default=Country.NORWAY)
    contact_role = models.CharField(
        _("who answers questions"), max_length=80, help_text=_("A role, never a person's name.")
    )
    contact_phone = models.CharField(_("the company's phone number"), max_length=30)
    contact_email = models.EmailField(
        _("the role's e-mail address"),
        blank=True,
        help_text=_("An address that stays when people leave, for example service@…"),
    )
    further_contacts = StreamField(
        [("contact", ContactBlock())], verbose_name=_("others who answer questions"), blank=True, max_num=3
    )
    apply_by_email = models.EmailField(
        _("apply by e-mail to"), blank=True, help_text=_("Left empty, the company's own address is shown.")
    )
    apply_by_post = models.CharField(
        _("apply by post to"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the company's own address is shown."),
    )
    opens_at = models.DateTimeField(_("opens"), default=timezone.now, help_text=_("Oslo time."))
    closes_at = models.DateTimeField(_("closes"), help_text=_("Oslo time. From this moment on nobody can apply."))
    cv_required = models.BooleanField(_("a CV is required"), default=False)

    template = "careers/vacancy.html"
    exclude_fields_in_copy = ["reference"]
    parent_page_types = ["careers.CareersIndexPage"]
    subpage_types = []
    content_panels = [
        *CareersPage.content_panels,
        FieldPanel("reference"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("occupation"),
                FieldRowPanel([FieldPanel("employment_type"), FieldPanel("percentage")]),
                FieldRowPanel([FieldPanel("positions"), FieldPanel("sector")]),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("start_words")]),
            ],
            heading=_("The position"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town")]),
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("country")]),
            ],
            heading=_("Place of work"),
        ),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], heading=_("When one can apply")),
        FieldPanel("cv_required"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_role"), FieldPanel("contact_phone")]),
                FieldPanel("contact_email"),
                FieldPanel("further_contacts"),
            ],
            heading=_("Questions go to"),
        ),
        FieldRowPanel([FieldPanel("apply_by_email"), FieldPanel("apply_by_post")], heading=_("Another way to apply")),
    ]
    objects = PageManager.from_queryset(VacancyQuerySet)()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="vacancy_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(positions__gt=0), name="vacancy_has_a_position"),
            models.CheckConstraint(condition=Q(percentage__range=(1, 100)), name="vacancy_extent_is_a_share"),
        ]

    def full_clean(self, *args, **kwargs):
        self._have_reference()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._have_reference()
        super().minimal_clean()

    def _have_reference(self):
        self.reference = self.reference or faults.next_reference(timezone.localdate())

    def copy(self, *args, update_attrs=None, reset_translation_key=True, **kwargs):
        """A copy is another vacancy and gets the next reference; a translation is the same one and keeps it."""
        kept = {} if reset_translation_key else {"reference": self.reference}
        return super().copy(
            *args, update_attrs={**(update_attrs or {}), **kept}, reset_translation_key=reset_translation_key, **kwargs
        )

    copy.alters_data = True

    def clean(self):
        super().clean()
        if wrong := faults.of_vacancy(self, timezone.now()):
            raise ValidationError(wrong)

    @property
    def location(self) -> str:
        """Where the work is, as one says it."""
        return self.town

    @property
    def place(self) -> str:
        """Street, postal code, town, municipality and country in one line, without what is said twice."""
        town = f"{self.postal_code} {self.town}".strip()
        municipality = "" if self.municipality == self.town else self.municipality
        return ", ".join(str(part) for part in (self.street, town, municipality, self.get_country_display()) if part)

    @property
    def extent(self) -> str:
        """Full time or part time, with the percentage."""
        words = _("full time, %(share)s %%") if self.percentage == FULL_TIME else _("part time, %(share)s %%")
        return words % {"share": self.percentage}

    @property
    def body_html(self) -> str:
        """The text about the job as HTML, its links resolved."""
        return expand_db_html(self.body)

    def hiring(self) -> Hiring | None:
        """What HR has decided about the vacancy, in whichever language; None while nobody has touched it."""
        return Hiring.objects.filter(reference=self.reference).first()

    def is_open(self, now) -> bool:
        """Whether one can apply at this moment: the page is live, it has opened and nothing has closed it."""
        return adverts.is_open(self, self.hiring(), now)

    def has_closed(self, now) -> bool:
        return adverts.has_closed(self, self.hiring(), now)

    def get_context(self, request, *args, **kwargs):
        from careers.screens.job_posting import context_of

        return {**super().get_context(request, *args, **kwargs), **context_of(self, request, timezone.now())}

    @path("")
    def index_route(self, request):
        """A vacancy that has closed is still read by those who applied, and is gone for everybody who asks for jobs."""
        response = self.render(request)
        if response.context_data["has_closed"] and not getattr(request, "is_preview", False):
            response.status_code = HTTPStatus.GONE
        return response

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

    @path("apply/<slug:step>/", name="apply_step")
    def apply_step(self, request, step):
        from careers.screens.apply import apply_for

        return apply_for(request, self, step)
