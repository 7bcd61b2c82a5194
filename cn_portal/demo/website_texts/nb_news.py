"""Nyheter på bokmål."""

from datetime import date


def news(key, slug, title, lead, day, body):
    return dict(key=key, kind="NewsPage", slug=slug, title=title, lead=lead, parent="news", values=dict(published_on=day), body=body)


NEWS = [
    news(
        "news-salt", "mal-saltet", "Mål saltet før du maler",
        "En saltprøve tar fem minutter og kan spare en hel omgang maling.", date(2026, 6, 11),
        (("text", "<p>Langs kysten setter salt seg i groper i stålet. Blåsing tar rusten, men saltet blir igjen, og belegget blærer etter "
          "en vinter eller to.</p><p>Vi har fått inn prøvesett etter ISO 8502-6 og 8502-9. Settet har alt du trenger til 25 målinger. Ligger "
          "verdien over det malingsleverandøren godtar, vasker du med ferskvann og blåser lett på nytt.</p>"),
         ("picture", "profile"),
         ("call", ("Trenger du prøvesett?", "Vi sender samme dag.", "Ta kontakt", "contact"))),
    ),
    news(
        "news-course", "kurs-i-blasing", "Kurs i blåsing på verkstedet vårt",
        "En dag om luft, vern og renhetsgrader. Åtte plasser, arbeidsklær på.", date(2026, 8, 27),
        (("text", "<p>Kurset er for dem som blåser, og for dem som bestiller blåsing. Før lunsj tar vi teori: trykk, dyse, middel, "
          "standarder. Etter lunsj står alle i blåserommet.</p><ul><li>Mål trykket ved dysen</li><li>Kjenn igjen Sa 2, Sa 2½ og Sa 3</li>"
          "<li>Bytt visir og kontroller friskluften</li></ul><p>Du får kursbevis. Skriv til oss for ledige datoer.</p>"),),
    ),
    news(
        "news-page", "siden-din", "Nå ser du alt vi har lagret om deg",
        "Kunder og jobbsøkere har fått sin egen side. Der kan du se, rette, laste ned og slette.", date(2026, 10, 15),
        (("text", "<p>Logg inn med koden vi sender på e-post. Så ser du hver opplysning, hvorfor vi har den, hvem som har fått den, og dagen "
          "vi sletter den. Noe må vi beholde, som fakturaer. Da står loven og datoen ved siden av.</p>"),
         ("note", "Vi ber deg aldri om passord, kode eller kortnummer på telefon eller e-post.")),
    ),
]
