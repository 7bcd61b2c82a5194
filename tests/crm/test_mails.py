"""The mails, as they are read."""

import pytest

from crm import actions
from privacy.actions.mail import deliver_mail
from privacy.models import OutgoingMail
from tests.crm import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "act", "title", "words"),
    [
        ("nb", actions.invite_contact, "Din egen side hos oss", "Logg inn med denne e-postadressen"),
        ("en", actions.invite_contact, "Your own page with us", "Sign in with this e-mail address"),
        ("nb", actions.inform_contact, "Vi har notert kontaktopplysningene dine", "oppgitt av arbeidsgiveren"),
        ("en", actions.inform_contact, "We have noted your contact details", "given by the employer"),
    ],
)
def test_a_mail_speaks_the_person_s_language(mailoutbox, language, act, title, words):
    contact = factories.contact(full_name="Åse O'Hara", language=language, source_channel="employer")
    act(contact, by=None)
    deliver_mail(OutgoingMail.objects.get())
    (mail,) = mailoutbox
    assert mail.subject == title and mail.to == [contact.email]
    assert "Åse O'Hara" in mail.body and words in mail.body and "/my-data/" in mail.body
