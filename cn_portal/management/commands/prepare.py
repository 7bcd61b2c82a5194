from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cn_portal import sign_ins, translations
from privacy.actions import adopt_declared, publish_first_notice, publish_texts

FOLDERS = ("keys", "people", "mail")
SEEDED = "demo.seeded"


class Command(BaseCommand):
    help = (
        "Make everything ready to start: folders, keys, translations, both databases, the demonstration content once."
    )
    requires_system_checks = ()

    def handle(self, *args, **options):
        for name in FOLDERS:
            (settings.VAR / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        if made := translations.compile_catalogues():
            self.stdout.write(f"Translations: {made} catalogues compiled.")
        for alias in connections:
            if _is_behind(alias):
                self.stdout.write(f"Database «{alias}»: bringing it up to date …")
                call_command("migrate", database=alias, verbosity=0, interactive=False)
        if new := publish_texts():
            self.stdout.write(f"Questions of consent: {new} wordings published.")
        if settings.PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO:
            self._demonstration()
        # In production two persons write and approve each of them; see /admin/privacy/assessments/.
        if not settings.PRODUCTION and (new := adopt_declared()):
            self.stdout.write(f"Assessments: {new} taken over from the declarations.")
        if not settings.PRODUCTION and publish_first_notice():
            self.stdout.write("Privacy notice: its first version published.")

    def _demonstration(self):
        marker = settings.VAR / SEEDED
        if not marker.exists() and "seed_demo" in get_commands():
            self.stdout.write("Demonstration content: writing it, once …")
            call_command("seed_demo", verbosity=0)
            marker.touch()
        self.stdout.write(sign_ins.table(settings.DEMO_PASSWORD))


def _is_behind(alias):
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
