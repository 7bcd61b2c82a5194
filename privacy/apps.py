from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from privacy import checks, checks_of_production  # noqa: F401  registers the system checks

        # Found by name, as Django finds admin.py: a registry can be printed and compared with the real tables.
        autodiscover_modules("personal_data")
        autodiscover_modules("consents")
        autodiscover_modules("jobs")
        autodiscover_modules("tasks")
        autodiscover_modules("trail_words")
        autodiscover_modules("copy_documents")
        autodiscover_modules("statistics")
