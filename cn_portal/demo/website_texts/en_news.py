"""News in English."""

from datetime import date


def news(key, slug, title, lead, day, body):
    return dict(key=key, kind="NewsPage", slug=slug, title=title, lead=lead, parent="news", values=dict(published_on=day), body=body)


NEWS = [
    news(
        "news-salt", "measure-the-salt", "Measure the salt before you paint",
        "A salt test takes five minutes and can save you a whole round of painting.", date(2026, 6, 11),
        (("text", "<p>Along the coast, salt settles in pits in the steel. Blasting takes the rust but leaves the salt, and the coating blisters "
          "after a winter or two.</p><p>We now stock test kits to ISO 8502-6 and 8502-9. A kit holds all you need for 25 readings. If the value "
          "is above what the paint maker accepts, wash with fresh water and sweep-blast again.</p>"),
         ("picture", "profile"),
         ("call", ("Need a test kit?", "We ship the same day.", "Get in touch", "contact"))),
    ),
    news(
        "news-course", "blasting-course", "A blasting course at our workshop",
        "One day on air, protection and grades of cleanliness. Eight places, work clothes on.", date(2026, 8, 27),
        (("text", "<p>The course is for those who blast and those who order blasting. Before lunch there is theory: pressure, nozzle, abrasive, "
          "standards. After lunch everybody is in the blast room.</p><ul><li>Measure the pressure at the nozzle</li><li>Tell Sa 2, Sa 2½ and "
          "Sa 3 apart</li><li>Change a lens and check the breathing air</li></ul><p>You get a certificate. Write to us for dates.</p>"),),
    ),
    news(
        "news-page", "your-page", "Now you can see all we hold about you",
        "Customers and job seekers have a page of their own, to see, correct, download and delete.", date(2026, 10, 15),
        (("text", "<p>Sign in with the code we send by e-mail. You then see every fact, why we have it, who has received it, and the day we "
          "delete it. Some things we must keep, such as invoices. The law and the date then stand beside them.</p>"),
         ("note", "We never ask for a password, a code or a card number by phone or e-mail.")),
    ),
]
