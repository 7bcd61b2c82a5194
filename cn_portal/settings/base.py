"""What the house is made of: apps, middleware, templates, languages, Wagtail and logs."""

from django.utils.translation import gettext_lazy as _

from cn_portal.settings.start import VALUES

PRODUCTION = VALUES.production
VAR = VALUES.var
ROOT = VALUES.root
DEBUG = VALUES.debug
DEMO = VALUES.demo
DEMO_PASSWORD = VALUES.demo_password
BASE_URL = VALUES.base_url
PORT = VALUES.port
BIND = VALUES.bind
SECURITY_CONTACT = VALUES.security_contact
WEB_WORKERS = VALUES.web_workers
# The virus scanner of what people upload; empty where there is none (careers/uploads/scanning.py).
CLAMD_URL = VALUES.clamd_url
# Where this process shall be made to die; empty but in tests (privacy/failpoints.py).
FAILPOINT = VALUES.failpoint

ROOT_URLCONF = "cn_portal.urls"
WSGI_APPLICATION = "cn_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PRIVACY_STEP_UP_URL = "/account/confirm/"
PRIVACY_CONTROLLER = "cn_portal.website.controller.controller"
PRIVACY_NOTICE = "cn_portal.website.notice_in_force.notice_in_force"
# The month that ends the accounting year: what the Bookkeeping Act makes us keep is counted from its last day.
ACCOUNTING_YEAR_LAST_MONTH = 12
PRIVACY_NOTICE_TEXT = "cn_portal.website.notice.notice_text"

# Our own apps come first, so that their templates win over those of Wagtail.
INSTALLED_APPS = [
    "cn_portal",
    "cn_portal.website",
    "cn_portal.accounts",
    "cn_portal.demo",
    "privacy",
    "crm",
    "careers",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "cn_portal.accounts.apps.StaffUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "phonenumber_field",
    "axes",
    "csp",
    "django_otp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cn_portal.middleware.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "cn_portal.middleware.HouseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cn_portal.middleware.AdminContentPolicy",
    # After the static files, so that its page has its style; before anything that asks a database.
    "cn_portal.middleware.Door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cn_portal.accounts.middleware.SessionLimits",
    "cn_portal.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cn_portal.bursts.Bursts",
    "django_otp.middleware.OTPMiddleware",
    "cn_portal.middleware.PrivatePages",
    "cn_portal.accounts.middleware.StaffSecondFactor",
    "cn_portal.accounts.middleware.AccountLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last, so that its answer «locked, try again later» replaces the refusal of the sign-in page.
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("en", _("English"))]
# Bokmål for words of Wagtail's own pages that its catalogue lacks; our apps keep their words in their own folders.
LOCALE_PATHS = [ROOT / "cn_portal" / "wagtail_words" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
# An address typed without a scheme is taken as https, which is Django's own default from the next version on.
FORMS_URLFIELD_ASSUME_HTTPS = True
PHONENUMBER_DEFAULT_REGION = "NO"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

WAGTAIL_SITE_NAME = "CN"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/account/sign-in/"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# One zone, Oslo, so that everybody reads the same hour; the list of all zones breaks the script of the account page.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
# Passwords, addresses and pictures of staff are the business of our own account pages, not of Wagtail's.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Nothing of a visitor or of staff is sent to anyone else: no picture service, no update check, no fetching of embeds.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
# Documents are answered by a view that checks rights, always as a download. Shared passwords lie in clear text: none.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_CONTENT_TYPES = {"pdf": "application/pdf"}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "txt", "csv"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Wagtail's own small tasks run at once; work that must not be lost has its own table with leases in `privacy`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cn_portal.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # Each of Wagtail's small tasks and each page written would be a line.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # It warns about every HEAD request that Django answers.
        "gunicorn.http": {"level": "ERROR"},
        # Its messages name the address that was locked out.
        "axes": {"level": "CRITICAL"},
    },
}
