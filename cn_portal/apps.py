from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The house itself: settings, addresses, health, and the commands that start everything. No models."""

    name = "cn_portal"
    label = "cn_portal"
    verbose_name = "CN portal"

    def ready(self):
        from cn_portal import checks  # noqa: F401  registers the system checks
