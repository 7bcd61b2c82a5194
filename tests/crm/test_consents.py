"""What customers may say yes to: split by channel and use, two years each, nobody below fifteen."""

from datetime import date

from crm import consents
from crm.queries import may_contact
from privacy import registry
from privacy.actions import give_consent, publish_texts, text_for, withdraw_consent
from tests.crm import factories

OURS = (
    consents.MARKETING_EMAIL,
    consents.MARKETING_PHONE,
    consents.MARKETING_SMS,
    consents.RECOMMENDATIONS,
    consents.TAILORED_ADVERTISING,
    consents.WEB_BEHAVIOUR,
    consents.EMAIL_BEHAVIOUR,
)


def test_each_channel_and_each_use_is_a_question_of_its_own():
    purposes = [registry.purpose_of(code) for code in OURS]
    assert [purpose.channel for purpose in purposes] == ["email", "phone", "sms", "", "", "", ""]
    assert len({purpose.activity.code for purpose in purposes}) == len(OURS)
    assert {purpose.activity.basis.value for purpose in purposes} == {"eu-gdpr:A6-1-a"}
    wordings = [wording.text for purpose in purposes for wording in purpose.wordings.values()]
    assert len(set(wordings)) == 14


def test_a_yes_lasts_two_years_and_needs_fifteen_years_of_age():
    assert {(registry.purpose_of(code).months, registry.purpose_of(code).from_age) for code in OURS} == {(24, 15)}


def test_every_question_says_beforehand_how_it_is_taken_back():
    for code in OURS:
        wordings = registry.purpose_of(code).wordings
        assert "«Samtykkene dine»" in wordings["nb"].how_to_withdraw
        assert "“Your consents”" in wordings["en"].how_to_withdraw


def test_the_page_of_a_contact_tells_each_channel_apart(db):
    contact = factories.contact()
    publish_texts(codes=consents.MARKETING)
    text = text_for(consents.MARKETING_EMAIL, "nb")
    give_consent(contact.subject, text=text, method="phone", by=None, from_age=consents.FROM_AGE)
    answers = {answer.what: answer.yes for answer in may_contact(contact, day=date.today())}
    assert list(answers.values()) == [True, True, False, False] and len(answers) == 4
    withdraw_consent(contact.subject, purpose=consents.MARKETING_EMAIL, method="phone", by=None)
    assert [answer.yes for answer in may_contact(contact, day=date.today())] == [True, False, False, False]
