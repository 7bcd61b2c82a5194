"""Products in English. Air use is at 7 bar at the nozzle."""


def product(key, slug, title, lead, drawing, specs, body):
    return dict(key=key, kind="ProductPage", slug=slug, title=title, lead=lead, parent="products",
                values=dict(drawing=drawing), specs=specs, body=body)


PRODUCTS = [
    product(
        "pots", "blast-machines", "Blast machines",
        "Pressure machines from 24 to 200 litres, with a remote control that stops when you let go.", "blast-pot",
        (("Sizes", "24, 60, 100 and 200 litres"), ("Working pressure", "up to 12 bar"), ("Hose", "19 to 42 mm inside"),
         ("Remote control", "air or electric, stops within 1 second"), ("Weight, empty", "38 to 190 kg")),
        (("text", "<h2>Choose by working hours</h2><p>A 100-litre machine runs for about half an hour on one filling with an 8 mm nozzle. If "
          "you blast all day, 200 litres pays. If it has to be carried up a scaffold, 24 litres is right.</p>"),
         ("text", "<h3>The metering valve decides the use</h3><p>Too much abrasive chokes the jet. Too little wears the nozzle without "
          "cleaning. Our valves adjust finely and take both aluminium oxide and steel.</p>"),
         ("note", "The machine is a pressure vessel. It must carry a type plate and be inspected every year.")),
    ),
    product(
        "nozzles", "nozzles-and-hoses", "Nozzles and hoses",
        "The right nozzle gives speed. The wrong one only gives a bigger air bill.", "nozzle",
        (("8 mm", "3.9 m³ of air a minute"), ("9.5 mm", "5.5 m³ of air a minute"), ("11 mm", "7.2 m³ of air a minute"),
         ("12.5 mm", "9.6 m³ of air a minute"), ("Material", "tungsten carbide or boron carbide"), ("Couplings", "claw, with safety clip")),
        (("text", "<h2>Air decides</h2><p>Choose the largest nozzle at which your compressor holds 7 bar, with some to spare for wear. One bar "
          "less at the nozzle costs you about 15 per cent of your speed.</p>"),
         ("steps", [("Measure pressure at the nozzle", "Needle gauge through the hose, right behind the nozzle."),
                    ("Use a wide hose", "Inside diameter three to four times the nozzle bore."),
                    ("Keep it short and straight", "Every bend takes pressure and wears a hole.")]),
         ("note", "Always use hose restraints on couplings. A hose that comes loose under pressure can kill.")),
    ),
    product(
        "abrasives", "abrasives", "Abrasives",
        "Aluminium oxide, garnet, steel, glass beads and soda. Your choice sets profile, dust and price per square metre.", "abrasive",
        (("Aluminium oxide", "sharp, reused 10 to 20 times"), ("Garnet", "little dust, one to five times"),
         ("Steel grit", "blast rooms, several hundred times"), ("Glass beads", "clean without removing metal"), ("Packaging", "25 kg sack, 1,000 kg big bag")),
        (("text", "<h2>Start with the profile</h2><p>The paint maker states how rough the steel must be, often 50 to 75 micrometres. Grain size "
          "decides. A coarse grain cuts deep, a fine grain cleans better. A mix gives both.</p>"),
         ("questions", [("What do I use on stainless steel?", "<p>Aluminium oxide or glass beads. Steel leaves rust stains.</p>"),
                        ("How much will I use?", "<p>Count on 25 to 40 kilos of garnet per square metre for Sa 2½ on rusty steel.</p>")])),
    ),
    product(
        "protection", "protective-gear", "Protective gear",
        "Air-fed helmet, suit, gloves and hearing protection. You should breathe air, not dust.", "helmet",
        (("Helmet", "EN 14594, class 4B"), ("Air to the helmet", "160 to 240 litres a minute"), ("Lens", "changed in 10 seconds"),
         ("Noise inside", "below 80 dB(A)"), ("Suit", "leather and cotton, sizes S to XXXL")),
        (("text", "<h2>The air you breathe</h2><p>Breathing air from a compressor must be filtered and watched for carbon monoxide. We put "
          "together filter, regulator and alarm to suit your plant, and can cool or warm the air to the helmet.</p>"),
         ("note", "A filter mask is not enough for abrasive blasting. Use supplied air, for short jobs too.")),
    ),
    product(
        "recovery", "recovery", "Recovery",
        "Picks up, cleans and returns the abrasive. Less to buy, less to throw away.", "recovery",
        (("Capacity", "1 to 12 tonnes an hour"), ("Cleaning", "cyclone, sieve and magnet"), ("Filter", "cartridges, self-cleaning"),
         ("Emission", "below 1 mg of dust per m³")),
        (("text", "<h2>When does it pay?</h2><p>If you blast more than ten hours a week with an abrasive that can be reused, the plant is "
          "usually paid for in two years. We work it out with your figures before you decide.</p>"),
         ("figures", [("90%", "less abrasive to buy"), ("1/10", "of the waste")])),
    ),
    product(
        "rooms", "blast-rooms", "Blast rooms",
        "Rooms to measure, from garage size to whole ship sections. With light, extraction, recovery and a safe door.", "blast-room",
        (("Length", "4 to 40 metres"), ("Light", "at least 500 lux on the floor"), ("Extraction", "0.3 to 0.5 m/s through the room"),
         ("Floor", "scraper, screw or vacuum"), ("Door", "stops the blasting when opened")),
        (("text", "<h2>From sketch to approved room</h2><p>We draw, deliver and install. You get the noise calculation, the dust measurement "
          "and the papers for the municipality and the Labour Inspection Authority.</p>"),
         ("steps", [("Visit", "We measure and look at the flow of your workshop."), ("Drawing and price", "Within three weeks, with options."),
                    ("Building", "Four to twelve weeks, without stopping the rest of the work."), ("Training", "The whole shift learns the room.")])),
    ),
]
