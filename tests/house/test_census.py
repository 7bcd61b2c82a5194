"""Who reads people's rows in the owners' code: through the clause for everything stopped, or listed with a reason."""

import ast
from pathlib import Path

from django.apps import apps

from privacy import registry

ROOT = Path(__file__).resolve().parents[2]
# Screens and queries show people to somebody; acts and jobs carry out what was decided, on rows named to them.
SHOWN_BY = (
    "crm/queries.py",
    "crm/screens",
    "crm/wagtail_hooks.py",
    "careers/queries.py",
    "careers/queries_assessment.py",
    "careers/queries_board.py",
    "careers/screens",
    "careers/vacancy_queries.py",
    "careers/wagtail_hooks.py",
    "cn_portal/accounts/queries.py",
    "cn_portal/accounts/viewsets.py",
    "cn_portal/website",
)
MANAGERS = {"objects", "_default_manager", "_base_manager"}
THE_CLAUSE = {"active", "scoped", "readable_by"}

# (file, function, what is read): why it needs no clause.
KNOWN = {
    ("crm/queries.py", "_newest_enquiries", "Interaction"): "only whether somebody has answered, never shown",
    ("crm/queries.py", "_contacts_going", "Order"): "only whether one is under way, never shown",
    ("crm/screens/contacts.py", "__init__", "employments"): "places of one contact, met through the scope",
    ("crm/screens/orders.py", "__init__", "lines"): "lines of one order, met through the scope",
    ("crm/screens/orders.py", "facts", "lines"): "lines of one order, met through the scope",
    ("crm/screens/orders.py", "get_context_data", "lines"): "lines of one order, met through the scope",
    ("crm/screens/orders.py", "-", "orders"): "the pick list of orders, which is scoped itself",
    ("crm/screens/orders.py", "header_more_buttons", "invoices"): "only whether there is one, never shown",
    ("careers/queries.py", "own_applications", "Application"): "the person's own",
    ("careers/queries.py", "own_pool_entries", "TalentPoolEntry"): "the person's own",
    ("careers/queries_assessment.py", "_nameless", "assessments"): "of an application met through the clause",
    ("careers/queries_assessment.py", "_nameless", "judgements"): "of an application met through the clause",
    ("careers/queries_assessment.py", "_nameless", "stages"): "of an application met through the clause",
    ("careers/queries_assessment.py", "_unlock_judgements", "judgements"): "of assessments met through the clause",
    ("careers/queries_assessment.py", "pack", "assessments"): "of applications met through the clause",
    ("careers/queries_assessment.py", "pack", "stages"): "of applications met through the clause",
    ("careers/queries_board.py", "_described", "Note"): "only how many, never shown",
    ("careers/queries_board.py", "lines_of", "lines"): "an order's own lines; only readable names",
    ("careers/queries_board.py", "_described", "ApplicationFile"): "only whether one waits, never shown",
    ("careers/screens/own.py", "application", "files"): "the person's own",
    ("careers/screens/own.py", "application", "stages"): "the person's own",
    ("careers/screens/own.py", "own_file", "files"): "the person's own",
    ("careers/screens/own_findings.py", "finding", "findings"): "the person's own",
    ("careers/screens/own_findings.py", "own_panel", "answers"): "the person's own",
    ("careers/screens/own_findings.py", "own_panel", "files"): "the person's own",
    ("careers/screens/own_findings.py", "own_panel", "findings"): "the person's own",
    ("careers/screens/own_interviews.py", "_own", "interviews"): "the person's own",
    ("careers/screens/own_interviews.py", "described", "slots"): "the person's own, by a signed link or signed in",
    ("careers/screens/own_interviews.py", "own_panel", "interviews"): "the person's own",
    ("careers/screens/own_referees.py", "answer_referee", "referees"): "the person's own",
    ("careers/screens/own_referees.py", "own_panel", "referees"): "the person's own",
    ("careers/screens/apply_steps.py", "keep", "answers"): "what the form itself holds: no row at all",
    ("careers/screens/draft.py", "was_sent", "Application"): "only whether there is one, by a key of this browser",
    ("careers/screens/hr_assessments.py", "get_initial", "judgements"): "the reader's own words, met through the scope",
    ("careers/screens/hr_assessments.py", "setup", "judgements"): "of assessments met through the clause",
    ("careers/screens/hr_files.py", "_described", "previews"): "pages of a file met through the clause",
    ("careers/screens/hr_files.py", "_text_of", "previews"): "words of a file met through the clause",
    ("careers/screens/hr_files.py", "get", "previews"): "pages of a file met through the clause",
    ("careers/screens/hr_pack.py", "get_context_data", "HireQuestion"): "only how many wait and until when",
    ("careers/screens/hr_pack.py", "write_down", "Application"): "keys the pack has just read through the clause",
    ("careers/screens/hr_pool.py", "get_context_data", "TalentPoolEntry"): "only narrows what went through the clause",
    ("careers/screens/hr_shares.py", "__init__", "get_user_model()"): "colleagues who may be given a vacancy",
    ("careers/screens/own.py", "applications", "ApplicationDraft"): "the person's own",
    ("careers/screens/own_change.py", "_answers_form", "answers"): "the person's own",
    ("careers/screens/own_change.py", "change", "files"): "the person's own",
    ("careers/screens/own_facts.py", "own_panel", "HireQuestion"): "the person's own",
    ("careers/screens/own_files.py", "own_panel", "files"): "the person's own",
    ("careers/screens/own_holdings.py", "holdings", "Application"): "the applicant's own, counted",
    ("careers/screens/own_holdings.py", "holdings", "ApplicationDraft"): "the applicant's own, counted",
    ("careers/screens/own_holdings.py", "holdings", "TalentPoolEntry"): "the applicant's own, counted",
    ("careers/screens/own_holdings.py", "holdings", "files"): "the applicant's own, counted",
    ("cn_portal/accounts/queries.py", "history_of", "SignInEvent"): "the person's own",
    ("cn_portal/accounts/queries.py", "security_of", "RecoveryCode"): "the person's own",
    ("cn_portal/accounts/queries.py", "security_of", "TotpDevice"): "the person's own",
    ("cn_portal/accounts/queries.py", "sessions_of", "AccountSession"): "the person's own",
    ("cn_portal/accounts/viewsets.py", "staff", "User"): "colleagues, whose accounts an administrator keeps",
    ("cn_portal/accounts/viewsets.py", "save_instance", "User"): "the colleague just saved, by key",
    ("cn_portal/website/remarks.py", "_reply_gone", "Comment"): "only whether a remark is there, by key",
    ("crm/screens/deliveries.py", "__init__", "apps.get_model('privacy', 'Recipient')"): "carriers: companies",
    ("crm/screens/fields.py", "__init__", "chooser.model"): "no row at all",
    ("crm/screens/fields.py", "__init__", "get_user_model()"): "colleagues by name",
}


def related_names() -> set[str]:
    """What declared rows are called when they are reached from another row: contact.interactions."""
    declared = {declaration.model for declaration in registry.declarations()}
    return {
        relation.get_accessor_name()
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if relation.related_model in declared and relation.multiple and relation.get_accessor_name()
    }


def model_names() -> set[str]:
    return {declaration.model.__name__ for declaration in registry.declarations()}


class Readers(ast.NodeVisitor):
    """(function, what is read) for every read of declared rows that does not stand inside the clause."""

    def __init__(self):
        self.found, self._functions, self._inside = [], ["-"], 0
        self.models, self.related = model_names(), related_names()

    def visit_FunctionDef(self, node):
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()

    def visit_Call(self, node):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        inside = called in THE_CLAUSE
        self.visit(node.func)
        self._inside += inside
        for each in [*node.args, *node.keywords]:
            self.visit(each)
        self._inside -= inside

    def visit_Attribute(self, node):
        if isinstance(node.value, ast.Attribute) and node.value.attr in self.related:
            self._read(node.value.attr)
        if node.attr in MANAGERS:
            self._manager(node.value)
        self.generic_visit(node)

    def _manager(self, owner):
        if isinstance(owner, ast.Name) and owner.id in self.models:
            self._read(owner.id)
        elif not isinstance(owner, ast.Name):
            # self.model.objects, get_user_model().objects: any model at all.
            self._read(ast.unparse(owner))

    def _read(self, what):
        if not self._inside:
            self.found.append((self._functions[-1], what))


def readers_in(source: str) -> set[tuple[str, str]]:
    walk = Readers()
    walk.visit(ast.parse(source))
    return set(walk.found)


def files():
    for name in SHOWN_BY:
        path = ROOT / name
        found = [path] if path.suffix else sorted(path.rglob("*.py"))
        yield from (each for each in found if "migrations" not in each.parts)


def census() -> set[tuple[str, str, str]]:
    return {
        (path.relative_to(ROOT).as_posix(), function, what)
        for path in files()
        for function, what in readers_in(path.read_text(encoding="utf-8"))
    }


def test_there_are_readers_to_look_at():
    assert len(list(files())) > 25 and {"contacts", "interactions", "orders", "applications"} <= related_names()
    inside = (ROOT / "crm/queries.py").read_text(encoding="utf-8").count("active(")
    assert inside >= 6


def test_every_reader_goes_through_the_clause_or_says_why_not():
    assert sorted(census() - KNOWN.keys()) == []


def test_no_reason_is_left_over():
    assert sorted(KNOWN.keys() - census()) == []


PLANTED = {
    "def page():\n    return Contact.objects.filter(owner=1)": {("page", "Contact")},
    "def page():\n    return list(contact.interactions.all())": {("page", "interactions")},
    "def page(self):\n    return self.model._default_manager.all()": {("page", "self.model")},
    "class V:\n    def get_queryset(self):\n        return Application._base_manager.all()": {
        ("get_queryset", "Application")
    },
    "def page():\n    return active(Contact.objects.all()).filter(owner=1)": set(),
    "def page():\n    return list(active(contact.interactions.all())[:3])": set(),
    "def page():\n    return Organisation.objects.all()": set(),
}


def test_a_planted_reader_is_found_and_one_through_the_clause_is_not():
    for source, found in PLANTED.items():
        assert readers_in(source) == found, source
