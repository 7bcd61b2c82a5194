"""Bokmål, skrevet først."""

from cn_portal.demo.website_texts.nb_news import NEWS
from cn_portal.demo.website_texts.nb_products import PRODUCTS

HOME = dict(
    key="home",
    kind="HomePage",
    slug="hjem",
    title="Forside",
    lead="Blåseapparater, blåsemidler, verneutstyr og blåserom til verft, verksteder og entreprenører i hele landet. "
    "Vi leverer, setter i drift og holder det i gang.",
    values=dict(
        eyebrow="Utstyr for fristråleblåsing",
        headline="Rent stål varer lenger",
        main_label="Se produktene",
        main_page="products",
        second_label="Spør oss om jobben",
        second_page="contact",
    ),
    body=(
        ("text", "<h2>Forarbeidet avgjør hvor lenge belegget holder</h2><p>De fleste malingsfeil begynner under malingen. "
         "Salt, olje og løs rust gjør at belegget slipper, uansett hvor godt det er. Vi hjelper deg å få overflaten ren og ru nok, "
         "med luft og middel du har råd til.</p>"),
        ("figures", [("24 t", "fra bestilling til slitedeler er sendt"), ("7 bar", "ved dysen, målt og ikke antatt"),
                     ("Sa 2½", "er målet på de fleste jobber")]),
        ("call", ("Usikker på utstyret?", "Fortell hva du skal blåse, så regner vi på luft, dyse og middel.", "Ta kontakt", "contact")),
    ),
)

SERVICE = dict(
    key="service",
    kind="StandardPage",
    slug="service",
    title="Service",
    lead="Stans koster mer enn slitedeler. Vi kontrollerer, reparerer og lærer opp, på verkstedet vårt eller hos deg.",
    in_menu=True,
    values=dict(drawing="service"),
    body=(
        ("text", "<h2>Årlig kontroll</h2><p>Et blåseapparat er en trykkbeholder. Vi går gjennom beholder, sikkerhetsventil, "
         "fjernstyring og slanger, og du får en rapport du kan vise fram ved tilsyn.</p>"),
        ("steps", [
            ("Avtal tid", "Ring eller skriv. Vi har som regel ledig tid innen to uker."),
            ("Vi kommer, eller du sender", "Små apparater sendes enklest til oss. Blåserom tar vi på stedet."),
            ("Du får rapport og pris", "Vi reparerer ikke noe før du har sagt ja til prisen."),
            ("I drift igjen", "Vi prøvekjører med din egen luft og ditt eget middel."),
        ]),
        ("text", "<h2>Slitedeler på lager</h2><p>Dyser, slangekoblinger, pakninger, visir og filtre ligger på hylla. Det vi har, "
         "sender vi samme dag når du bestiller før klokka 13.</p>"),
        ("questions", [
            ("Hvor ofte må en dyse byttes?", "<p>Når åpningen har vokst 1,5 millimeter. Da trenger den mer luft enn "
             "kompressoren gir, og trykket faller.</p>"),
            ("Kan dere lære opp folkene våre?", "<p>Ja. En dag med teori og øvelse, hos deg. Vi tar opp vern, luft, renhetsgrader "
             "og vedlikehold.</p>"),
            ("Reparerer dere andre merker?", "<p>Som regel, så lenge det finnes deler og beholderen er godkjent.</p>"),
        ]),
        ("call", ("Bestill kontroll", "Ha typenummer og alder på apparatet klart.", "Ta kontakt", "contact")),
    ),
)

ABOUT = dict(
    key="about",
    kind="StandardPage",
    slug="om-oss",
    title="Om oss",
    lead="Vi er et lite norsk selskap som kan én ting godt: å gjøre overflater rene og klare for belegg.",
    in_menu=True,
    body=(
        ("text", "<h2>Hva vi driver med</h2><p>Clemco Norge AS (CN) selger og vedlikeholder utstyr for fristråleblåsing. Kundene er "
         "verft, mekaniske verksteder, malerfirmaer, energiselskaper og kommuner. Noen kjøper en sekk middel. Andre bygger et helt "
         "blåserom sammen med oss.</p><h2>Slik arbeider vi</h2><p>Vi begynner med jobben og ikke med katalogen. Hva skal blåses, hvor rent, "
         "hvor fort, og hvor skal støvet? Svaret blir noen ganger mindre utstyr enn du spurte etter.</p>"),
        ("note", "Vi selger ikke kvartssand til blåsing. Støvet gir silikose, og det finnes bedre midler til alle formål."),
        ("text", "<h2>Frakt</h2><p>Vi sender med Bring, TNT og Ramberg. Fraktføreren får navn, adresse og telefonnummer til den som skal "
         "ta imot, og ikke mer.</p><h2>Personvern er en del av håndverket</h2><p>Du kan når som helst se hva vi har lagret om deg, "
         "hvem som har fått det og når vi sletter det.</p>"),
        ("call", ("Vil du jobbe med oss?", "Ledige stillinger står på karrieresiden.", "Ta kontakt", "contact")),
    ),
)

INDEXES = [
    dict(
        key="products",
        kind="ProductIndexPage",
        slug="produkter",
        title="Produkter",
        lead="Alt mellom kompressoren og det rene stålet. Velg en gruppe for tall og råd.",
        in_menu=True,
        body=(("call", ("Finner du ikke det du trenger?", "Vi skaffer det meste, og sier fra når vi ikke kan.", "Spør oss", "contact")),),
    ),
    dict(key="news", kind="NewsIndexPage", slug="aktuelt", title="Aktuelt", lead="Nytt fra lager, verksted og fag.", in_menu=True),
]

ENDS = [
    dict(
        key="contact",
        kind="ContactPage",
        slug="kontakt",
        title="Kontakt",
        lead="Skriv hva det gjelder, så svarer den som kan mest om det. Haster det, så ring.",
        in_menu=True,
        values=dict(opening_hours="Mandag til fredag, 8 til 16", visiting_address="Verkstedet i Oslo, etter avtale"),
    ),
    dict(
        key="notice",
        kind="NoticePage",
        slug="personvern",
        title="Personvernerklæring for Clemco Norge AS",
        lead="Hva vi vet om deg, hvorfor, hvor lenge, og hva du kan gjøre med det.",
    ),
    dict(
        key="cookies",
        kind="CookiePage",
        slug="informasjonskapsler",
        title="Informasjonskapsler",
        lead="Vi bruker bare dem som må til. Her er hver av dem.",
    ),
]

PAGES = [HOME, INDEXES[0], *PRODUCTS, SERVICE, ABOUT, INDEXES[1], *NEWS, *ENDS]
