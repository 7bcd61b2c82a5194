"""Names of people and companies that do not exist, drawn from a seeded generator. Nothing here knows the database.

Everything that could reach or mean somebody lies where nobody lives:

- addresses end in `.example`, which is reserved and never delivered;
- phone numbers begin with +47 42 (people) or +47 20 (switchboards): the right length, in ranges no operator has;
- organisation numbers have a right check digit and begin with 1, where the real ones begin with 8 or 9.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import count
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


NORWEGIAN = _words(
    "Kari Anne Ingrid Liv Berit Marit Astrid Solveig Bjørg Hilde Randi Tone Silje Ida Nora Emma Åse Åshild "
    "Ragnhild Gunhild Ola Per Bjørn Lars Kjell Knut Svein Arne Jan Øyvind Øystein Håkon Håvard Pål Sverre "
    "Trond Geir Terje Magnus Sindre Jørgen Sæbjørn Åge Vegard Eirik"
)
NORWEGIAN_LAST = _words(
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Berg Haugen Hagen Bakken "
    "Dahl Lie Moen Solberg Strand Sørensen Sæther Bjørnstad Ødegård Ås Åsen Fjeld Nygård Kvåle Rød Tveit Vik "
    "Nordbø Skår Brække Løvås Grønli Lægreid Østby"
)
SAMI = _words("Áilu Biret Ánte Máret Niillas Elle Risten Máhtte Inger-Elle Issát Sárá Jovnna Láilá Ovllá")
SAMI_LAST = _words("Sara Somby Utsi Eira Gaup Hætta Bæhr Näkkäläjärvi Oskal Triumf Buljo Čeavllá")
ARRIVED = (
    ("Amina", "Warsame"),
    ("Hodan", "Yusuf"),
    ("Ahmed", "Farah"),
    ("Agnieszka", "Kowalska"),
    ("Piotr", "Wiśniewski"),
    ("Łukasz", "Zieliński"),
    ("Thi Mai", "Nguyen"),
    ("Tuan", "Pham"),
    ("Priya", "Sivakumar"),
    ("Olena", "Kovalenko"),
    ("Yonas", "Tesfay"),
    ("Fatima", "Al-Hamdani"),
    ("Reza", "Mohammadi"),
    ("Rasa", "Žukauskienė"),
    ("José", "Muñoz"),
    ("Ji-woo", "Park"),
)
TITLES = (
    "Innkjøper",
    "Produksjonsleder",
    "Verksmester",
    "Daglig leder",
    "HMS-leder",
    "Formann overflate",
    "Prosjektleder",
    "Lagerleder",
    "Vedlikeholdsplanlegger",
    "Økonomiansvarlig",
    "Blåser",
    "Korrosjonsingeniør",
)
PLACES = _words(
    "Vard Tind Sør Brei Kval Rød Lang Myr Stor Hav Is Grønn Stein Bjørk Sol Ytter Ulv Ørn Øst Furu Lyng Sild "
    "Gråberg Kobbe Skarv Elve Måse Torsk Heste Bru"
)
ENDINGS = _words("vågen neset haug holmen vika dalen åsen lia skjæret sundet bukta odden")
TRADES = (
    "Skipsverft",
    "Mekaniske Verksted",
    "Stålservice",
    "Overflate",
    "Sandblåsing",
    "Industrimaling",
    "Bruvedlikehold",
    "Offshore Service",
    "Kraft",
    "Tankrens",
    "Plateverksted",
    "Malerservice",
    "Rustvern",
    "Havbruk",
    "Slipp",
    "Støperi",
)
TOWNS = (
    ("8310", "Kabelvåg"),
    ("6005", "Ålesund"),
    ("5035", "Bergen"),
    ("4014", "Stavanger"),
    ("9735", "Karasjok"),
    ("9008", "Tromsø"),
    ("7030", "Trondheim"),
    ("3044", "Drammen"),
    ("1606", "Fredrikstad"),
    ("4631", "Kristiansand"),
    ("8610", "Mo i Rana"),
    ("6413", "Molde"),
    ("5527", "Haugesund"),
    ("9600", "Hammerfest"),
    ("3190", "Horten"),
    ("2317", "Hamar"),
    ("8514", "Narvik"),
    ("6900", "Florø"),
    ("4516", "Mandal"),
    ("9990", "Båtsfjord"),
)
STREETS = _words("Verftsveien Slippgata Industriveien Kaigata Smieveien Havnegata Sjøveien Tollbugata Kranveien")

_LATIN = str.maketrans({"ø": "o", "æ": "ae", "å": "aa", "đ": "d", "ł": "l", "ŧ": "t", "ŋ": "n"})
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Company:
    """An invented company; `domain` is its own, below `.example`."""

    name: str
    org_number: str
    domain: str
    street: str
    postcode: str
    city: str
    phone: str


@dataclass(frozen=True)
class Person:
    """An invented person; `mailbox` is the part of an address before the @, used once only."""

    name: str
    mailbox: str
    title: str
    phone: str


def latin(text: str) -> str:
    """Lower case with plain letters, digits and hyphens, as in an address: «Åse Rød» → «aase-rod»."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_LATIN)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def org_number(serial: int) -> str:
    """The organisation number number `serial`: 1, seven digits, a right check digit; different for each up to 10⁷."""
    # Where the rule gives no digit at all, the next number of another spacing is used.
    tries = (_checked(serial, step) for step in count())
    return next(f"{digits}{check}" for digits, check in tries if check < 10)


def _checked(serial: int, step: int) -> tuple[str, int]:
    digits = f"1{(serial * 7919 + step * 1_000_003) % 10_000_000:07d}"
    return digits, -sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11


def companies(random: Random):
    """Companies without end, each with its own name, number and domain."""
    names, serial = set(), 0
    while True:
        serial += 1
        postcode, city = random.choice(TOWNS)
        name = f"{random.choice(PLACES)}{random.choice(ENDINGS)} {random.choice(TRADES)}"
        # Large demonstrations run out of short names: then a branch is told by its town.
        name = name if name not in names else f"{name} {city}"
        if name in names:
            continue
        names.add(name)
        yield Company(
            name=f"{name} AS",
            org_number=org_number(serial),
            domain=f"{latin(name)}.example",
            street=f"{random.choice(STREETS)} {random.randint(1, 88)}",
            postcode=postcode,
            city=city,
            phone=f"+4720{random.randint(0, 999_999):06d}",
        )


def people(random: Random):
    """People without end, no two with the same mailbox."""
    mailboxes: dict[str, int] = {}
    while True:
        name = _name(random)
        mailbox = latin(name).replace("-", ".")
        mailboxes[mailbox] = times = mailboxes.get(mailbox, 0) + 1
        yield Person(
            name=name,
            mailbox=mailbox if times == 1 else f"{mailbox}{times}",
            title=random.choice(TITLES),
            phone=f"+4742{random.randint(0, 999_999):06d}",
        )


def _name(random: Random) -> str:
    drawn = random.random()
    if drawn < 0.08:
        return f"{random.choice(SAMI)} {random.choice(SAMI_LAST)}"
    if drawn < 0.24:
        return " ".join(random.choice(ARRIVED))
    return f"{random.choice(NORWEGIAN)} {random.choice(NORWEGIAN_LAST)}"
