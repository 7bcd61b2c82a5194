"""The whole schedule of retention, class by class, against what the declarations really say (N54, T10, T12).

Each line is one of the schedule the notice is written from. What carries it is a declaration with its clock; what has
none yet says which part of the house brings it, and what is never held here says so.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.apps import apps

from crm import rules as crm_rules
from privacy import registry
from privacy.actions import copies
from privacy.declare import KeepFor, KeepUntilErased, KeepWith
from privacy.rules.retention import kept_until

YEAR_END = "accounting year"


@dataclass(frozen=True)
class Line:
    """One line: what it is about, the period and clock in words, and label → keep of the classes that carry it."""

    what: str
    period: str
    carried_by: dict = field(default_factory=dict)
    # What carries it instead of a period in a declaration: a hold, a job, a later part, or nothing at all.
    otherwise: str = ""
    comes_with: str = ""


SCHEDULE = [
    Line(
        "purchases in the account",
        "42 months after the purchase",
        {
            "crm.Order": "P42M since ordered_on",
            "crm.OrderLine": "with order",
            "crm.Delivery": "P42M since planned_on",
        },
    ),
    Line(
        "invoices and credit notes",
        "5 years after the accounting year",
        {"crm.Invoice": f"P60M since issued_on, {YEAR_END}"},
    ),
    Line(
        "contracts, essential letters, packing slips, price lists",
        "42 months after the accounting year",
        otherwise="a statutory hold on the delivered consignment and on the agreement; the row's own clock is shorter",
    ),
    Line(
        "contact at a customer",
        "24 months after our last dealings",
        {
            "crm.Contact": "P24M since clock_starts_on",
            "crm.Employment": "with contact",
            "crm.Interaction": "P24M since happened_on",
        },
    ),
    Line("contact who left the company", "90 days after the mark", {"crm.Contact": "P24M since clock_starts_on"}),
    Line(
        "prospect without purchase", "24 months after our last dealings", {"crm.Contact": "P24M since clock_starts_on"}
    ),
    Line(
        "data used for marketing", "at once when the consent ends", otherwise="what ends with a consent goes in its act"
    ),
    Line(
        "proof of a consent",
        "3 years after the consent ended",
        {
            "privacy.ConsentEvent": "P36M since end__ended_on",
            "privacy.ConsentEnd": "with event",
            "privacy.ConsentState": "with event",
        },
    ),
    Line("addresses we never market to", "while we market", {"privacy.Suppression": "until erased"}),
    Line("marketing profile and suggestions", "13 months rolling", comes_with="marketing"),
    Line("clicks and reading of e-mail", "13 months", comes_with="marketing"),
    Line(
        "security log",
        "90 days",
        {
            "accounts.SignInEvent": "P90D since at",
            "axes.AccessAttempt": "P90D since attempt_time",
            "axes.AccessAttemptExpiration": "with access_attempt",
            "axes.AccessFailureLog": "P90D since attempt_time",
            "axes.AccessLog": "P90D since attempt_time",
        },
    ),
    Line("who on staff looked", "12 months", {"privacy.StaffRead": "P12M since on"}),
    Line(
        "application, not chosen",
        "6 months after the decision",
        {
            "careers.Application": "P6M since clock_from, or P30D since moved_on",
            "careers.ApplicationFile": "with application",
            "careers.ApplicationFilePreview": "with file",
            "careers.Answer": "with application",
            "careers.StageEvent": "with application",
            "careers.RefusalLine": "with application",
            "careers.Note": "with application",
            "careers.Assessment": "with application",
            "careers.Judgement": "with assessment",
            "careers.HireQuestion": "with application",
            "careers.Finding": "with application",
            "careers.GuardianCheck": "with application",
            "careers.HandRegistration": "with application",
            "careers.Interview": "with application",
            "careers.InterviewSlot": "with interview",
        },
    ),
    Line("application, taken back", "at once", otherwise="the withdrawal erases it in its own act"),
    Line(
        "application, not sent",
        "30 days after the last change",
        {"careers.ApplicationDraft": "P30D since edited_at", "careers.DraftFile": "with draft"},
    ),
    Line(
        "talent pool",
        "12 months after the consent, renewed once, 24 at most; deleted a week after its end",
        {
            "careers.TalentPoolEntry": "P7D since ends_on, or P24M since first_agreed_on",
            "careers.PoolMail": "with entry",
        },
    ),
    Line(
        "application of who was hired",
        "30 days after the file was moved, at the latest 6 months after the decision",
        {"careers.Application": "P6M since clock_from, or P30D since moved_on"},
    ),
    Line(
        "who was hired, without a name",
        "6 months after the decision",
        {"careers.DecisionRecord": "P6M since decided_on"},
    ),
    Line(
        "referees",
        "with the application",
        {"careers.Referee": "with application", "careers.RefereeNote": "with referee"},
    ),
    Line("support case", "24 months after it was closed", comes_with="customer service"),
    Line("questions and feedback", "24 months after them", {"crm.Interaction": "P24M since happened_on"}),
    Line("pictures from visits", "24 months, or with the consent", comes_with="the website's events"),
    Line("camera pictures", "7 days", otherwise="not held here: there is no camera in this house of data"),
    Line("what people upload", "with the record or the account", {"privacy.StoredFile": "until erased"}),
    Line(
        "log of what was shared",
        "3 years longer than what was shared",
        # A delivery stays 42 months; nothing that may be shared stays longer in the account.
        {"privacy.Disclosure": "P78M since at"},
    ),
    Line(
        "file of a request",
        "3 years after it was closed",
        {
            "privacy.SubjectRequest": "P36M since closed_on",
            "privacy.RequestEvent": "with request",
            "privacy.RequestMessage": "with request",
        },
    ),
    Line(
        "case of an authority or of a sale",
        "5 years after it was closed",
        {
            "privacy.AuthorityCase": "P60M since closed_on",
            "privacy.AuthorityPerson": "with case",
            "privacy.AuthorityEvent": "with case",
            "privacy.DealCase": "P60M since closed_on",
            "privacy.DealPerson": "P60M since case__closed_on",
            "privacy.DealRead": "with person",
            "privacy.DealEvent": "with case",
        },
    ),
    # What the register itself says of a breach names nobody.
    Line(
        "register of breaches", "5 years after it was closed", {"privacy.BreachPerson": "P60M since breach__closed_on"}
    ),
    Line("copy to download", "7 days after it was ready", otherwise="the file goes by its own daily job"),
    Line("account nobody uses", "24 months after the last sign-in", {"accounts.User": "P24M since active_at"}),
    Line("backups", "35 days", otherwise="files, not rows: each backup says when it goes"),
    Line("runs, erasures, notice versions", "for ever, without a person", {"privacy.Erasure": "until erased"}),
]

# What the schedule does not name, kept as short as it serves; whoever adds a class writes its line above or here.
BESIDE = {
    "accounts.AccountSession": "P1D since expire_date",
    "accounts.RecoveryCode": "with user",
    "accounts.SignInCode": "P7D since created_at",
    "accounts.TotpDevice": "with user",
    "accounts.User_groups": "with user",
    "accounts.User_user_permissions": "with user",
    "privacy.Copy": "P36M since requested_at",
    "privacy.DataSubject": "until erased",
    "privacy.FollowerProof": "P1D since created_at",
    "privacy.InformationDuty": "P36M since settled_on",
    "privacy.LegalHold": "P36M since ended_on",
    "privacy.MailboxProof": "P1D since created_at",
    "privacy.NoticeFollower": "until erased",
    "privacy.NoticeMail": "P36M since queued_at",
    "privacy.Objection": "until erased",
    "privacy.OutgoingMail": "P90D since queued_at",
    "privacy.PendingHandOver": "P90D since last_tried_at",
    "privacy.PersonKey": "until erased",
    "privacy.RecipientNotice": "P36M since settled_at",
    "privacy.Restriction": "P36M since lifted_at",
    "privacy.RetentionWarning": "P90D since told_at",
    "privacy.SubjectIdentifier": "until erased",
    "privacy.TrailEntry": "P60M since at",
    "wagtailadmin.EditingSession": "P1D since last_seen_at",
    "wagtailadmin.FormState": "P7D since last_updated_at",
    "wagtailcore.Comment": "P24M since updated_at",
    "wagtailcore.CommentReply": "with comment",
    "wagtailcore.PageSubscription": "with user",
    "wagtailusers.UserProfile": "with user",
}
# Holds of the schedule that a row itself tells; the dated ones are papers of their own.
HOLDS = {
    "crm.Contact": {"order-under-way"},
    "crm.Order": {"order-under-way"},
    "crm.Delivery": {"delivery-under-way"},
    "accounts.User": {"in-service", "order-under-way"},
}


def said(declaration) -> str:
    """What a declaration says of its clock."""
    keep = declaration.keep
    if isinstance(keep, KeepFor):
        return ", or ".join(f"{c.period} since {c.since}" + (f", {YEAR_END}" if c.anchor else "") for c in keep.clocks)
    if isinstance(keep, KeepWith):
        return f"with {keep.path}"
    assert isinstance(keep, KeepUntilErased)
    return "until erased"


def ours() -> dict[str, str]:
    """Every declaration but those of the tests' own app."""
    found = {each.name(): said(each) for each in registry.declarations()}
    return {label: keep for label, keep in found.items() if not label.startswith("toy.")}


@pytest.mark.parametrize("line", SCHEDULE, ids=[line.what for line in SCHEDULE])
def test_each_line_is_carried_exactly_as_written(line):
    assert bool(line.carried_by) + bool(line.otherwise) + bool(line.comes_with) == 1
    assert {label: ours().get(label) for label in line.carried_by} == line.carried_by


def test_no_class_is_without_a_line():
    listed = {label: keep for line in SCHEDULE for label, keep in line.carried_by.items()}
    assert not listed.keys() & BESIDE.keys()
    assert ours() == listed | BESIDE


def test_the_holds_a_row_tells_itself_are_there():
    for label, codes in HOLDS.items():
        assert {held.code for held in registry.declaration_of(label).held_by} == codes, label


def test_an_account_is_warned_and_nothing_else_is():
    warned = {d.name(): d.keep.warn_days for d in registry.declarations() if getattr(d.keep, "warn_days", ())}
    assert warned == {"accounts.User": (30, 7)}


def test_who_left_goes_ninety_days_after_the_mark():
    for left in (date(2026, 1, 1) + timedelta(days=step) for step in range(0, 800, 13)):
        start = crm_rules.contact_clock_start(date(2026, 1, 1), left)
        end = min(left + timedelta(days=90), date(2028, 1, 1))
        assert end - kept_until(start, months=24) in (timedelta(0), timedelta(days=1)), left


def test_a_copy_can_be_downloaded_for_seven_days():
    assert timedelta(days=7) == copies.KEPT_FOR


def test_what_stays_for_ever_holds_no_person():
    for label in ("privacy.RetentionRun", "privacy.Statistic", "privacy.ErasureLedger", "privacy.NoticeVersion"):
        assert registry.excuse_of(apps.get_model(label)) is not None, label
