"""English, written for English readers."""

from cn_portal.demo.website_texts.en_news import NEWS
from cn_portal.demo.website_texts.en_products import PRODUCTS

HOME = dict(
    key="home",
    kind="HomePage",
    slug="home",
    title="Home",
    lead="Blast machines, abrasives, protective gear and blast rooms for yards, workshops and contractors all over Norway. "
    "We deliver, commission and keep it running.",
    values=dict(
        eyebrow="Abrasive blasting equipment",
        headline="Clean steel lasts longer",
        main_label="See the products",
        main_page="products",
        second_label="Ask us about the job",
        second_page="contact",
    ),
    body=(
        ("text", "<h2>Preparation decides how long the coating holds</h2><p>Most paint failures start under the paint. Salt, oil and loose "
         "rust make a coating let go, however good it is. We help you get the surface clean and rough enough, with the air and "
         "abrasive you can afford.</p>"),
        ("figures", [("24 h", "from order to wear parts on their way"), ("7 bar", "at the nozzle, measured, not assumed"),
                     ("Sa 2½", "is the target on most jobs")]),
        ("call", ("Not sure what you need?", "Tell us what you are blasting. We work out air, nozzle and abrasive.", "Get in touch", "contact")),
    ),
)

SERVICE = dict(
    key="service",
    kind="StandardPage",
    slug="service",
    title="Service",
    lead="Standing still costs more than wear parts. We inspect, repair and train, at our workshop or at yours.",
    in_menu=True,
    values=dict(drawing="service"),
    body=(
        ("text", "<h2>Yearly inspection</h2><p>A blast machine is a pressure vessel. We go through the vessel, safety valve, remote control "
         "and hoses, and you get a report you can show the authorities.</p>"),
        ("steps", [
            ("Set a date", "Call or write. We usually have time within two weeks."),
            ("We come, or you send it", "Small machines are easiest to ship to us. Blast rooms we do on site."),
            ("You get a report and a price", "We repair nothing before you have said yes to the price."),
            ("Back at work", "We test with your own air and your own abrasive."),
        ]),
        ("text", "<h2>Wear parts in stock</h2><p>Nozzles, couplings, gaskets, lenses and filters are on the shelf. What we have leaves the "
         "same day if you order before 1 pm.</p>"),
        ("questions", [
            ("How often should a nozzle be changed?", "<p>When the bore has grown by 1.5 millimetres. It then needs more air than the "
             "compressor gives, and the pressure drops.</p>"),
            ("Can you train our people?", "<p>Yes. A day of theory and practice at your place, covering protection, air, grades of "
             "cleanliness and upkeep.</p>"),
            ("Do you repair other makes?", "<p>Usually, as long as there are parts and the vessel is approved.</p>"),
        ]),
        ("call", ("Book an inspection", "Have the type number and age of the machine at hand.", "Get in touch", "contact")),
    ),
)

ABOUT = dict(
    key="about",
    kind="StandardPage",
    slug="about",
    title="About us",
    lead="We are a small Norwegian company that does one thing well: getting surfaces clean and ready to coat.",
    in_menu=True,
    body=(
        ("text", "<h2>What we do</h2><p>Clemco Norge AS (CN) sells and maintains equipment for abrasive blasting. Our customers are yards, "
         "mechanical workshops, painters, energy companies and municipalities. Some buy a sack of abrasive. Others build a whole blast "
         "room with us.</p><h2>How we work</h2><p>We start with the job, not the catalogue. What is to be blasted, how clean, how fast, and "
         "where does the dust go? Sometimes the answer is less equipment than you asked for.</p>"),
        ("note", "We do not sell silica sand for blasting. Its dust causes silicosis, and there is a better abrasive for every purpose."),
        ("text", "<h2>Freight</h2><p>We ship with Bring, TNT and Ramberg. The carrier gets the name, address and phone number of whoever is to "
         "receive the goods, and no more.</p><h2>Privacy is part of the craft</h2><p>You can see at any time what we hold about you, who has "
         "received it and when we delete it.</p>"),
        ("call", ("Want to work with us?", "Open positions are on the careers page.", "Get in touch", "contact")),
    ),
)

INDEXES = [
    dict(
        key="products",
        kind="ProductIndexPage",
        slug="products",
        title="Products",
        lead="Everything between the compressor and the clean steel. Pick a group for figures and advice.",
        in_menu=True,
        body=(("call", ("Can't find what you need?", "We can get most things, and say so when we can't.", "Ask us", "contact")),),
    ),
    dict(key="news", kind="NewsIndexPage", slug="news", title="News", lead="From the stock, the workshop and the trade.", in_menu=True),
]

ENDS = [
    dict(
        key="contact",
        kind="ContactPage",
        slug="contact",
        title="Contact",
        lead="Tell us what it is about, and the one who knows most about it answers. If it is urgent, call.",
        in_menu=True,
        values=dict(opening_hours="Monday to Friday, 8 am to 4 pm", visiting_address="The workshop in Oslo, by appointment"),
    ),
    dict(
        key="notice",
        kind="NoticePage",
        slug="privacy",
        title="Privacy notice of Clemco Norge AS",
        lead="What we know about you, why, for how long, and what you can do about it.",
    ),
    dict(
        key="cookies",
        kind="CookiePage",
        slug="cookies",
        title="Cookies",
        lead="We only use those we cannot do without. Here is each of them.",
    ),
]

PAGES = [HOME, INDEXES[0], *PRODUCTS, SERVICE, ABOUT, INDEXES[1], *NEWS, *ENDS]
