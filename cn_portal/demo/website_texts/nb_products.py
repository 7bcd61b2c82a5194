"""Produktene på bokmål. Luftforbruket er ved 7 bar ved dysen."""


def product(key, slug, title, lead, drawing, specs, body):
    return dict(key=key, kind="ProductPage", slug=slug, title=title, lead=lead, parent="products",
                values=dict(drawing=drawing), specs=specs, body=body)


PRODUCTS = [
    product(
        "pots", "blaseapparater", "Blåseapparater",
        "Trykkapparater fra 24 til 200 liter, med fjernstyring som stanser når du slipper grepet.", "blast-pot",
        (("Størrelser", "24, 60, 100 og 200 liter"), ("Arbeidstrykk", "inntil 12 bar"), ("Slange", "19 til 42 mm innvendig"),
         ("Fjernstyring", "luft eller strøm, stans innen 1 sekund"), ("Vekt, tom", "38 til 190 kg")),
        (("text", "<h2>Velg etter arbeidstid</h2><p>Et apparat på 100 liter går rundt en halv time på én fylling med 8 mm dyse. "
          "Blåser du hele dagen, lønner 200 liter seg. Skal det bæres opp i et stillas, er 24 liter riktig.</p>"),
         ("text", "<h3>Middelventilen bestemmer forbruket</h3><p>For mye middel kveler strålen. For lite sliter på dysen uten å rense. "
          "Ventilene våre kan stilles fint og tåler både korund og stål.</p>"),
         ("note", "Apparatet er en trykkbeholder. Det skal ha typeskilt og kontrolleres hvert år.")),
    ),
    product(
        "nozzles", "dyser-og-slanger", "Dyser og slanger",
        "Riktig dyse gir fart. Feil dyse gir bare større luftregning.", "nozzle",
        (("8 mm", "3,9 m³ luft i minuttet"), ("9,5 mm", "5,5 m³ luft i minuttet"), ("11 mm", "7,2 m³ luft i minuttet"),
         ("12,5 mm", "9,6 m³ luft i minuttet"), ("Materiale", "wolframkarbid eller borkarbid"), ("Koblinger", "klokobling med sikring")),
        (("text", "<h2>Luften bestemmer</h2><p>Velg den største dysen kompressoren klarer å holde 7 bar på, med litt til overs for slitasje. "
          "Én bar mindre ved dysen koster deg omtrent 15 prosent av farten.</p>"),
         ("steps", [("Mål trykket ved dysen", "Nålmanometer gjennom slangen, rett bak dysen."),
                    ("Bruk vid slange", "Innvendig diameter tre til fire ganger dyseåpningen."),
                    ("Hold den kort og rett", "Hver bøy tar trykk og sliter hull.")]),
         ("note", "Bruk alltid slangestropp på koblinger. En slange som løsner under trykk, kan drepe.")),
    ),
    product(
        "abrasives", "blasemidler", "Blåsemidler",
        "Korund, granat, stål, glassperler og soda. Valget styrer profil, støv og pris per kvadratmeter.", "abrasive",
        (("Korund", "skarp, brukes om igjen 10 til 20 ganger"), ("Granat", "lite støv, én til fem ganger"),
         ("Stålgrit", "blåserom, flere hundre ganger"), ("Glassperler", "rengjør uten å ta mål"), ("Emballasje", "25 kg sekk, 1 000 kg storsekk")),
        (("text", "<h2>Begynn med profilen</h2><p>Malingsleverandøren oppgir hvor ru stålet skal være, ofte 50 til 75 mikrometer. "
          "Kornstørrelsen avgjør. Et grovt korn river dypt, et fint korn renser bedre. En blanding gir begge deler.</p>"),
         ("questions", [("Hva bruker jeg på rustfritt?", "<p>Korund eller glassperler. Stål setter rustflekker.</p>"),
                        ("Hvor mye går med?", "<p>Regn 25 til 40 kilo granat per kvadratmeter til Sa 2½ på rustent stål.</p>")])),
    ),
    product(
        "protection", "verneutstyr", "Verneutstyr",
        "Hjelm med friskluft, dress, hansker og hørsel. Du skal puste luft og ikke støv.", "helmet",
        (("Hjelm", "EN 14594, klasse 4B"), ("Luft til hjelm", "160 til 240 liter i minuttet"), ("Visir", "byttes på 10 sekunder"),
         ("Støy i hjelmen", "under 80 dB(A)"), ("Dress", "lær og bomull, størrelse S til XXXL")),
        (("text", "<h2>Luften du puster</h2><p>Friskluft fra kompressor må filtreres og overvåkes for kullos. Vi setter sammen filter, "
          "regulator og alarm som passer anlegget ditt, og kan kjøle eller varme luften til hjelmen.</p>"),
         ("note", "Maske med filter er ikke nok ved fristråleblåsing. Bruk tilført friskluft, også til kort arbeid.")),
    ),
    product(
        "recovery", "gjenvinning", "Gjenvinning",
        "Suger opp, renser og sender midlet tilbake. Mindre innkjøp, mindre avfall.", "recovery",
        (("Kapasitet", "1 til 12 tonn i timen"), ("Rensing", "syklon, sil og magnet"), ("Filter", "patroner, selvrensende"),
         ("Utslipp", "under 1 mg støv per m³")),
        (("text", "<h2>Når lønner det seg?</h2><p>Blåser du mer enn ti timer i uka med et middel som tåler gjenbruk, er anlegget som regel "
          "betalt på to år. Vi regner på det med dine tall før du bestemmer deg.</p>"),
         ("figures", [("90 %", "mindre middel kjøpt"), ("1/10", "av avfallet")])),
    ),
    product(
        "rooms", "blaserom", "Blåserom",
        "Rom på mål, fra garasjestørrelse til hele skipsseksjoner. Med lys, avsug, gjenvinning og trygg dør.", "blast-room",
        (("Lengde", "4 til 40 meter"), ("Lys", "minst 500 lux på gulvet"), ("Avsug", "0,3 til 0,5 m/s gjennom rommet"),
         ("Gulv", "skrape, skrue eller vakuum"), ("Dør", "stanser blåsingen når den åpnes")),
        (("text", "<h2>Fra skisse til godkjent rom</h2><p>Vi tegner, leverer og monterer. Du får støyberegning, støvmåling og papirene "
          "du trenger til kommunen og Arbeidstilsynet.</p>"),
         ("steps", [("Befaring", "Vi måler og ser på flyten i verkstedet."), ("Tegning og pris", "Innen tre uker, med alternativer."),
                    ("Bygging", "Fire til tolv uker, uten å stanse resten av driften."), ("Opplæring", "Hele skiftet lærer rommet å kjenne.")])),
    ),
]
