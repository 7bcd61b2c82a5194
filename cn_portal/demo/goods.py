"""What the demonstration company sells, and what its sellers write after a call."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True)
class Article:
    """One article: its name, its price in kroner without VAT, and the largest quantity people buy at once."""

    name: str
    price: Decimal
    most: int


def _article(name, price, most):
    return Article(name, Decimal(price), most)


MACHINES = (
    _article("Blåseapparat 24 liter", "38900.00", 1),
    _article("Blåseapparat 60 liter", "54500.00", 2),
    _article("Blåseapparat 100 liter", "67800.00", 2),
    _article("Blåseapparat 200 liter", "84200.00", 2),
    _article("Gjenvinningsanlegg 2 t/time", "312000.00", 1),
)
SUPPLIES = (
    _article("Granat 30/60, storsekk 1 000 kg", "8450.00", 12),
    _article("Granat 80, sekk 25 kg", "289.00", 40),
    _article("Korund 24, sekk 25 kg", "745.00", 40),
    _article("Stålgrit GL50, sekk 25 kg", "412.00", 60),
    _article("Glassperler 100–200 µm, sekk 25 kg", "398.00", 20),
    _article("Dyse borkarbid 9,5 mm", "2190.00", 6),
    _article("Dyse wolframkarbid 8 mm", "1240.00", 8),
    _article("Blåseslange 32 mm, 20 m", "4350.00", 4),
    _article("Slangekobling med sikring", "318.00", 20),
    _article("Blåsehjelm med friskluft", "9870.00", 4),
    _article("Visir til hjelm, 50 stk.", "640.00", 10),
    _article("Filterpatron til gjenvinning", "1985.00", 8),
)
SERVICES = (
    _article("Årlig kontroll av trykkbeholder", "4900.00", 3),
    _article("Opplæring, én dag hos kunden", "16500.00", 1),
    _article("Reparasjon, arbeidstime", "1180.00", 14),
)
SAID = (
    ("call", "Ringte om {goods}. Vil ha pris levert {city}, haster ikke."),
    ("call", "Mister trykk ved dysen. Ba om måling med nålmanometer før vi foreslår noe."),
    ("call", "Spurte om leveringstid på {goods}. Svarte to uker."),
    ("visit", "Gikk gjennom blåserommet. Filteret er slitt, og de vurderer {goods}."),
    ("visit", "Viste fjernstyringen. Formannen vil prøve den en uke før de bestemmer seg."),
    ("visit", "Årlig kontroll utført. Pakning på lokket byttet, rapport sendt."),
    ("mail", "Sendte datablad for {goods} og regnestykket for luft."),
    ("mail", "Fikk tegning av ny hall. Lovet skisse innen tre uker."),
    ("mail", "Takket for opplæringen. Ber om samme opplegg for kveldsskiftet."),
    ("note", "Bytter leverandør av kompressor til våren. Spør igjen da."),
    ("note", "Vil ha levering før klokka ti, porten er stengt ellers."),
)


def basket(random: Random) -> list[dict]:
    """The lines of one order: sometimes a machine, mostly supplies, now and then service."""
    drawn = random.random()
    if drawn < 0.12:
        articles = [random.choice(MACHINES), *random.sample(SUPPLIES, 2)]
    elif drawn < 0.25:
        articles = [random.choice(SERVICES)]
    else:
        articles = random.sample(SUPPLIES, random.randint(1, 3))
    return [line(article, random.randint(1, article.most)) for article in articles]


def line(article: Article, quantity: int) -> dict:
    """One line as `place_order` takes it."""
    return {"product": article.name, "quantity": quantity, "unit_price": article.price}


def said(random: Random, *, city: str) -> tuple[str, str]:
    """(kind, text) of one conversation."""
    kind, text = random.choice(SAID)
    return kind, text.format(goods=random.choice((*MACHINES, *SUPPLIES)).name.lower(), city=city)
