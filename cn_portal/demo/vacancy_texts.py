"""The careers pages of the demonstration company, written in both languages."""

INDEX = {
    "nb": {
        "title": "Jobb hos oss",
        "slug": "jobb-hos-oss",
        "lead": "Vi er få, og alle gjør noe som betyr noe. Her er stillingene du kan søke på nå.",
        "body": "<h2>Slik er det her</h2><p>Du får opplæring før du får ansvar, og en kollega å ringe når "
        "noe står fast. Vi jobber med tungt utstyr og høyt trykk, så sikkerhet går foran fart. "
        "Alltid.</p><h2>Slik søker du</h2><p>Skjemaet tar fem minutter og kan fylles ut på "
        "telefonen. Du får et svar med dato for når søknaden slettes, og du kan trekke den når du "
        "vil.</p>",
    },
    "en": {
        "title": "Work with us",
        "slug": "work-with-us",
        "lead": "We are few, and everyone's work matters. These are the jobs you can apply for now.",
        "body": "<h2>What it is like</h2><p>You get training before you get responsibility, and a colleague "
        "to ring when something is stuck. We work with heavy gear under high pressure, so safety "
        "comes before speed. Always.</p><h2>How to apply</h2><p>The form takes five minutes and "
        "works on your phone. Our answer says when your application will be erased, and you can "
        "withdraw it whenever you like.</p>",
    },
}
VACANCIES = (
    {
        "key": "technician",
        "occupation": "7233",
        "street": "Slyngehjulveien 4",
        "postal_code": "0617",
        "town": "Oslo",
        "municipality": "Oslo",
        "employment_type": "permanent",
        "percentage": 100,
        "positions": 2,
        "starts_in": None,
        "contact_email": "service@cn.example",
        "closes_in": 45,
        "cv_required": True,
        "nb": {
            "title": "Servicetekniker",
            "slug": "servicetekniker",
            "lead": "Du finner feilen, retter den og forklarer kunden hvorfor den kom. Halve uka på "
            "verkstedet, halve ute.",
            "contact_role": "Serviceleder",
            "start_words": "Etter avtale",
            "further_roles": ("Verksted",),
            "body": "<h2>Dette gjør du</h2><ul><li>kontrollerer og reparerer blåseapparater, fjernstyringer "
            "og blåserom</li><li>måler luft og trykk hos kunder over hele landet</li><li>skriver "
            "rapporter som tåler tilsyn</li></ul><h2>Dette har du</h2><p>Fagbrev som "
            "industrimekaniker eller tilsvarende, førerkort klasse B, og ro til å lete. Du snakker "
            "norsk eller engelsk og leser tegninger.</p><h2>Dette får du</h2><p>Servicebil, verktøy "
            "du velger selv, tariffestet lønn og kurs i trykkbeholdere det første året.</p>",
        },
        "en": {
            "title": "Service technician",
            "slug": "service-technician",
            "lead": "You find the fault, mend it, and tell the customer why it came. Half the week in the "
            "workshop, half on the road.",
            "contact_role": "Head of service",
            "start_words": "As agreed",
            "further_roles": ("Workshop",),
            "body": "<h2>What you do</h2><ul><li>inspect and repair blast machines, remote controls and "
            "blast rooms</li><li>measure air and pressure at customers all over Norway</li><li>write "
            "reports that stand an inspection</li></ul><h2>What you bring</h2><p>A trade certificate "
            "as an industrial mechanic or the like, a driving licence, and patience. You speak "
            "Norwegian or English and read drawings.</p><h2>What you get</h2><p>A service van, tools "
            "of your own choice, union wages, and a course in pressure vessels in your first "
            "year.</p>",
        },
    },
    {
        "key": "sales",
        "occupation": "2433",
        "street": "Dysekaien 12",
        "postal_code": "5035",
        "town": "Bergen",
        "municipality": "Bergen",
        "employment_type": "permanent",
        "percentage": 80,
        "positions": 1,
        "starts_in": None,
        "contact_email": "salg@cn.example",
        "apply_by_email": "jobb@cn.example",
        "apply_by_post": "Clemco Norge AS, avd. Bergen, Dysekaien 12, 5035 Bergen",
        "closes_in": 60,
        "cv_required": True,
        "nb": {
            "title": "Selger, Vestlandet",
            "slug": "selger-vestlandet",
            "lead": "Du kjenner verft og verksteder fra innsiden, og heller vil løse jobben enn å selge mest mulig.",
            "contact_role": "Salgsleder",
            "start_words": "Snarest",
            "body": "<h2>Dette gjør du</h2><ul><li>besøker kunder fra Flekkefjord til Florø</li><li>regner "
            "på luft, dyse og middel sammen med dem</li><li>følger ordren til utstyret er i "
            "drift</li></ul><h2>Dette har du</h2><p>Noen år på et verft, et verksted eller i "
            "bransjen. Har du blåst selv, er det bedre enn et salgskurs.</p>",
        },
        "en": {
            "title": "Sales engineer, western Norway",
            "slug": "sales-engineer-western-norway",
            "lead": "You know yards and workshops from the inside, and would rather solve the job than sell the most.",
            "contact_role": "Head of sales",
            "start_words": "As soon as possible",
            "body": "<h2>What you do</h2><ul><li>visit customers from Flekkefjord to Florø</li><li>work out "
            "air, nozzle and abrasive with them</li><li>follow the order until the equipment "
            "runs</li></ul><h2>What you bring</h2><p>Some years at a yard, a workshop or in the "
            "trade. Having blasted yourself beats a course in selling.</p>",
        },
    },
    {
        "key": "apprentice",
        "occupation": "4321",
        "street": "Slyngehjulveien 4",
        "postal_code": "0617",
        "town": "Oslo",
        "municipality": "Oslo",
        "employment_type": "apprentice",
        "percentage": 100,
        "positions": 1,
        "starts_in": 120,
        "contact_email": "lager@cn.example",
        "closes_in": 75,
        "cv_required": False,
        "nb": {
            "title": "Lærling, lager og logistikk",
            "slug": "laerling-lager-og-logistikk",
            "lead": "Du lærer å plukke, pakke og sende tungt utstyr trygt. Fagbrev etter to år.",
            "contact_role": "Lagerleder",
            "body": "<h2>Dette lærer du</h2><ul><li>å ta imot, telle og plassere varer</li><li>å booke frakt "
            "og skrive papirer for farlig gods</li><li>å kjøre truck, med bevis</li></ul><h2>Dette "
            "trenger du</h2><p>Fullført Vg2 eller praksis som teller likt. Du trenger ikke CV for å "
            "søke: skriv heller hvorfor du vil.</p>",
        },
        "en": {
            "title": "Apprentice, warehouse and logistics",
            "slug": "apprentice-warehouse-and-logistics",
            "lead": "You learn to pick, pack and send heavy gear safely. A trade certificate after two years.",
            "contact_role": "Warehouse manager",
            "body": "<h2>What you learn</h2><ul><li>to receive, count and place goods</li><li>to book "
            "freight and write papers for dangerous goods</li><li>to drive a forklift, with a "
            "licence</li></ul><h2>What you need</h2><p>Upper secondary level 2 or practice that "
            "counts as much. You need no CV to apply: tell us why you want to.</p>",
        },
    },
)
