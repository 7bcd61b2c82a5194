from crm.models import Contact, Interaction

GOOD = {
    "name": "Åse Prøve",
    "email": "ase@kunde.example",
    "phone": "",
    "message": "Vi trenger en 11 mm dyse til verftet.",
    "homepage": "",
}
ADDRESS = "/nb/kontakt/"


def test_a_message_becomes_an_enquiry_and_the_page_says_so(client, site):
    response = client.post(ADDRESS, GOOD)
    assert (response.status_code, response.url) == (302, "/nb/kontakt/?sent=1")
    interaction = Interaction.objects.get()
    assert interaction.kind == Interaction.Kind.ENQUIRY
    assert interaction.contact.full_name == GOOD["name"] and interaction.contact.language == "nb"
    html = client.get(response.url).content.decode()
    assert "Meldingen din er kommet fram" in html and "<form" not in html[html.index("<main") :]


def test_the_language_of_the_page_is_the_language_of_the_enquiry(client, site):
    client.post("/en/contact/", GOOD)
    assert Contact.objects.get().language == "en"


WRONG = [
    ({"name": ""}, "Navnet ditt:"),
    ({"email": "ikke en adresse"}, "E-post:"),
    ({"message": ""}, "Hva gjelder det?:"),
    ({"message": "x" * 4001}, "Hva gjelder det?:"),
    ({"phone": "1" * 31}, "Telefon"),
    ({"message": "Kortet er 4111 1111 1111 1111"}, "Vi tar aldri imot kortnummer"),
    ({"name": "4111111111111111"}, "Vi tar aldri imot kortnummer"),
    ({"message": "Jeg er 15076500565"}, "Dette ser ut som et fødselsnummer"),
]


def test_a_wrong_field_is_named_and_what_was_written_is_kept(client, site):
    for change, sentence in WRONG:
        response = client.post(ADDRESS, GOOD | change)
        html = response.content.decode()
        assert response.status_code == 422, change
        summary = html[html.index("error-summary") : html.index("<form method")]
        assert sentence in summary and "Det du skrev, står her fortsatt" in summary, change
        assert GOOD["email"] in html or "email" in change
    assert not Interaction.objects.exists()


def test_the_longest_message_is_taken(client, site):
    assert client.post(ADDRESS, GOOD | {"message": "x" * 4000}).status_code == 302


def test_each_error_links_to_its_field(client, site):
    html = client.post(ADDRESS, GOOD | {"email": "x"}).content.decode()
    assert '<a href="#id_email">' in html and 'id="id_email"' in html
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html and 'id="id_email_helptext"' in html


def test_a_refusal_of_the_customer_records_is_shown_at_the_field(client, site):
    response = client.post(ADDRESS, GOOD | {"phone": "abc"})
    assert response.status_code == 422
    assert '<a href="#id_phone">' in response.content.decode()
    assert not Contact.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(client, site):
    response = client.post(ADDRESS, GOOD | {"homepage": "https://spam.example"})
    assert response.url == "/nb/kontakt/?sent=1"
    assert not Contact.objects.exists()


def test_the_form_is_refused_without_its_token(site):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(ADDRESS, GOOD)
    assert response.status_code == 403
    assert "Skjemaet var blitt for gammelt" in response.content.decode()
    assert not Contact.objects.exists()


def test_two_messages_from_one_address_are_both_taken(client, site):
    assert client.post(ADDRESS, GOOD).status_code == client.post(ADDRESS, GOOD).status_code == 302
    assert Interaction.objects.count() == 2


def test_the_form_says_what_becomes_of_the_answer(client, site):
    html = client.get(ADDRESS).content.decode()
    note = html[html.index("privacy-note") :]
    for said in ("Clemco Norge AS (CN)", "daglig leder", "GDPR Art 6(1)(f)", "Datatilsynet", "/nb/personvern/"):
        assert said in note[: note.index("</section>")], said


def test_the_form_is_never_ticked_or_filled_beforehand(client, site):
    html = client.get(ADDRESS).content.decode()
    assert " checked" not in html and "required" in html
