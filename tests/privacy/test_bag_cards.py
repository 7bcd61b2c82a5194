"""Cards for an address book: RFC 6350 and RFC 7095, from whatever is declared."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
import vobject

from crm.models import Contact, Delivery, Employment
from privacy import registry
from privacy.bag_cards import MOST, Card
from privacy.declare import Category, Field, PersonalData
from privacy.queries.held import HeldRecord, HeldValue
from tests.privacy.bags import contents
from tests.toy.models import Guest

KEY = "0b9f5f0e-7c58-4bb2-9a5f-4a2f1b0c9d11"


def see(card, model, withheld=(), **said):
    """Show a card one record of a declared class."""
    values = [
        HeldValue(name, name, None if name in withheld else value, "", "", withheld="x" if name in withheld else "")
        for name, value in said.items()
    ]
    record = HeldRecord(KEY, "", values, None, "", None, "")
    card.see(registry.declaration_of(model), SimpleNamespace(**said), record)
    return card


def read(vcard):
    """[(name, value)] of a vCard, unfolded as RFC 6350 says, values as they are written."""
    assert all(len(line.encode()) <= 75 for line in vcard.split("\r\n")) and vcard.endswith("END:VCARD\r\n")
    lines = re.sub("\r\n[ \t]", "", vcard).split("\r\n")[:-1]
    return [tuple(line.split(":", 1)) for line in lines]


def unescaped(text):
    return re.sub(r"\\([,;\\nN])", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_the_card_says_what_the_records_say():
    card = see(
        Card(KEY), Contact,
        full_name="Åse Bjørnøy", email="ase@kunde.example", phone="+4799999901", title="Verkstedleder", language="nb",
    )  # fmt: skip
    see(card, Employment, organisation="Verft, Nord; AS", role="Innkjøp", started_on=date(2020, 1, 1))
    see(
        card, Delivery,
        receiver_name="Åse Bjørnøy", address_line_1="Kaiveien 1", address_line_2="Port 3", postcode="5003",
        city="Bergen", country="NO", phone="+4799999901", email="ase@kunde.example",
    )  # fmt: skip
    assert card.jcard() == [
        "vcard",
        [
            ["version", {}, "text", "4.0"],
            ["uid", {}, "uri", f"urn:uuid:{KEY}"],
            ["fn", {}, "text", "Åse Bjørnøy"],
            ["email", {}, "text", "ase@kunde.example"],
            ["tel", {}, "text", "+4799999901"],
            ["adr", {}, "text", ["", "", "Kaiveien 1, Port 3", "Bergen", "", "5003", "NO"]],
            ["org", {}, "text", "Verft, Nord; AS"],
            ["title", {}, "text", "Verkstedleder"],
            ["role", {}, "text", "Innkjøp"],
            ["lang", {}, "language-tag", "nb"],
        ],
    ]
    written = dict(read(card.vcard()))
    assert (written["VERSION"], written["ORG"]) == ("4.0", r"Verft\, Nord\; AS")
    assert written["ADR"] == r";;Kaiveien 1\, Port 3;Bergen;;5003;NO"
    parsed = vobject.readOne(card.vcard())
    assert (parsed.fn.value, parsed.email.value, parsed.tel.value) == (
        "Åse Bjørnøy", "ase@kunde.example", "+4799999901",
    )  # fmt: skip
    assert (parsed.adr.value.street, parsed.adr.value.city, parsed.adr.value.code) == (
        "Kaiveien 1, Port 3", "Bergen", "5003",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Æ" * 90, "a\\b, c; d", "one\r\ntwo\nthree", "x" * 300])
def test_any_name_comes_back_as_it_was(name):
    card = see(Card(KEY), Contact, full_name=name)
    (written,) = [value for key, value in read(card.vcard()) if key == "FN"]
    assert unescaped(written) == name.replace("\r\n", "\n")
    assert ["fn", {}, "text", name] in card.jcard()[1]


def test_somebody_without_a_name_is_called_by_the_address_and_else_by_the_number():
    assert Card(KEY).jcard()[1][2] == ["fn", {}, "text", KEY]
    assert see(Card(KEY), Guest, email="kari@gjest.example").jcard()[1][2] == ["fn", {}, "text", "kari@gjest.example"]


def test_the_name_the_person_may_correct_stands_first():
    card = see(Card(KEY), Delivery, receiver_name="Varemottak")
    see(card, Contact, full_name="Åse Bjørnøy")
    see(card, Guest, name="Åse")
    names = [value for name, _more, _type, value in card.jcard()[1] if name == "fn"]
    assert names == ["Åse Bjørnøy", "Varemottak", "Åse"]


def test_what_is_withheld_is_not_on_the_card_and_nothing_stands_twice():
    card = see(Card(KEY), Guest, name="Kari", next_of_kin="Mor", withheld=["next_of_kin"])
    see(card, Guest, name="Kari")
    assert [value for name, _more, _type, value in card.jcard()[1] if name == "fn"] == ["Kari"]


def test_a_card_is_no_list_of_everything():
    card = Card(KEY)
    for number in range(MOST + 5):
        see(card, Guest, email=f"kari{number}@gjest.example")
    assert sum(name == "email" for name, *_rest in card.jcard()[1]) == MOST


@pytest.mark.parametrize(("language", "kept"), [("nb", True), ("nb-NO", True), ("", False), ("Norsk bokmål", False)])
def test_only_a_language_tag_is_a_language(language, kept):
    rows = see(Card(KEY), Contact, language=language).jcard()[1]
    assert (["lang", {}, "language-tag", language] in rows) is kept


@pytest.mark.parametrize(("value", "rows"), [(date(1980, 1, 1), [["bday", {}, "date", "1980-01-01"]]), ("spring", [])])
def test_a_birthday_is_a_date(value, rows):
    fields = {"visited_on": Field(Category.BIRTH_DATE)}
    declaration = type("Born", (PersonalData,), {"model": Guest, "fields": fields})
    card, shown = Card(KEY), HeldValue("visited_on", "", str(value), "", "")
    card.see(declaration, SimpleNamespace(visited_on=value), HeldRecord(KEY, "", [shown], None, "", None, ""))
    assert [row for row in card.jcard()[1] if row[0] == "bday"] == rows
    assert ("BDAY:19800101" in card.vcard()) is bool(rows)


def test_the_cards_of_a_copy_agree_with_its_records(kari, siv):
    files = contents(kari)
    card = json.loads(files["data/contact.jcard.json"])[1]
    (guest,) = json.loads(files["data/records/toy.guest.json"])["items"]
    assert ["email", {}, "text", guest["values"]["email"]] in card
    assert ["tel", {}, "text", guest["values"]["phone"]] in card
    assert ["fn", {}, "text", guest["values"]["name"]] in card
    assert ("EMAIL", kari.email) in read(files["data/contact.vcf"].decode())
    # Who has nothing but an account is reached at the address it is signed in with.
    account = json.loads(contents(siv)["data/contact.jcard.json"])[1]
    assert ["email", {}, "text", siv.email] in account
