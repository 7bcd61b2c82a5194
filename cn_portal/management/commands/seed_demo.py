import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cn_portal.demo import company


class Command(BaseCommand):
    help = (
        "Write the demonstration company: website, colleagues, customers, four years of orders, vacancies, applicants. "
        "Does nothing when it is there already; refuses in production and while DEMO is off."
    )

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=company.PEOPLE, help="contacts, at a third as many companies")
        parser.add_argument("--seed", type=int, default=company.SEED, help="the same number gives the same company")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, people, seed, format, **options):  # noqa: A002  the option's name is part of the contract
        if settings.PRODUCTION or not settings.DEMO:
            raise CommandError("This site is not a demonstration (DEMO is off), so nothing was written.")
        try:
            is_new = company.write(people=people, seed=seed)
        except ValueError as refusal:
            raise CommandError(f"{refusal} Nothing was written.", returncode=2) from None
        if not is_new:
            self.stderr.write("The demonstration company is here already; nothing was changed.")
        if options["verbosity"] > 0 or format == "json":
            self.stdout.write(_shown(company.counts(), format))


def _shown(counts, format) -> str:  # noqa: A002
    if format == "json":
        return json.dumps(counts)
    return "\n".join(f"{number:>7}  {name.replace('_', ' ')}" for name, number in counts.items())
