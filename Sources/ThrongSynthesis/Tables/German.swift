extension Language {
  static let germanTalk = """
    #hello Hallo, | Guten Tag, | Hi, | Guten Morgen, | Moin, | Hallo zusammen,
    #okay Alles klar. | Okay. | Verstehe. | Ach so. | Gut zu wissen. | Noch eine Frage.
    #sure Gerne. | Natürlich. | Kein Problem. | Gute Frage. | Danke für die Angaben.
    #thanks Vielen Dank! | Danke, das hilft mir sehr. | Super, danke schön. | Perfekt, besten Dank und viele Grüße.
    #welcome Gern geschehen! | Keine Ursache. | Freut mich, alles Gute.
    #email-sentence Meine E-Mail ist {email} | Schreiben Sie mir an {email}
    #phone-sentence Meine Nummer ist {phone} | Sie erreichen mich unter {phone}
    #card-sentence Die Karte ist {card} | Bezahlt habe ich mit der Karte {card}
    #iban-sentence Meine IBAN lautet {iban} | Das Konto ist {iban}
    #ip-sentence Meine IP ist {ip}
    #handle-sentence Ich heiße dort {handle} | Mein Nutzername ist {handle}
    #name-sentence \\nViele Grüße\\n{first} {surname} | Mein Name ist {first} {surname}. | \\nMfG {first} {surname}
    #first Anke | Jürgen | Sabine | Lukas | Katrin | Felix | Birgit | Jonas | Heike | Moritz
    #when gestern | heute Morgen | letzte Woche | seit {day} | am {day} | vor zwei Tagen
    #day Montag | Dienstag | Mittwoch | Donnerstag | Freitag | Samstag
    #relation Mutter | Schwester | Freundin | Nachbarin | Kollegin | Tochter | Tante | Oma
    """
}

extension TopicSource {
  static let german = TopicSource(
    "german", "Conversations in German", .german,
    common: """
      #say Meine {relation} meint, das sei normal
      """,
    [
      SubtopicSource(
        "german.miete", "Mietwohnung und Nebenkosten", .share(88), isService: true,
        """
        #ask Mein Vermieter hat die Miete erhöht, muss ich der Mieterhöhung zustimmen?
        Wie lange ist die Kündigungsfrist für meine Wohnung?
        Die Nebenkostenabrechnung ist viel zu hoch, kann ich widersprechen?
        Der Vermieter zahlt die Kaution nicht zurück, was kann ich tun?
        In der Wohnung ist Schimmel, darf ich die Miete mindern?
        Muss ich beim Auszug die Wohnung streichen?
        Können Sie mir eine Kündigung für den Mietvertrag schreiben?
        Die Heizung ist {when} ausgefallen und der Vermieter meldet sich nicht
        #say Der Mietvertrag läuft seit {n} Jahren und die Wohnung hat {nn} Quadratmeter
        Die Kaution liegt auf einem Konto bei {company}
        In der Nebenkostenabrechnung stehen Hausmeister und Gartenpflege doppelt
        Der Schimmel ist im Schlafzimmer hinter dem Schrank
        Die Hausverwaltung in {place} reagiert nicht auf meine Briefe
        Die Miete beträgt {amount} Euro pro Woche warm
        Das Übergabeprotokoll erwähnt Kratzer im Parkett
        Der Vermieter {surname} will wegen Eigenbedarf kündigen
        Die Heizkosten sind um {nn} Prozent gestiegen
        #next Welche Frist gilt für den Widerspruch gegen die Nebenkostenabrechnung?
        Um wie viel Prozent darf ich die Miete mindern?
        Muss die Kündigung handschriftlich unterschrieben sein?
        Wer zahlt die Renovierung beim Auszug?
        Hilft mir der Mieterverein dabei?
        Darf der Vermieter einfach in die Wohnung?
        Bis wann muss die Kaution zurückgezahlt werden?
        #tell Die Kündigungsfrist für Mieter beträgt drei Monate zum Monatsende
        Einer Mieterhöhung müssen Sie nur zustimmen, wenn sie zum Mietspiegel passt
        Gegen die Nebenkostenabrechnung können Sie innerhalb von zwölf Monaten Widerspruch einlegen
        Zeigen Sie den Schimmel schriftlich an und setzen Sie dem Vermieter eine Frist
        Die Kaution wird nach dem Auszug abgerechnet, meist innerhalb von sechs Monaten
        Streichen müssen Sie nur, wenn die Klausel im Mietvertrag wirksam ist
        Sehr geehrte Hausverwaltung, hiermit kündige ich den Mietvertrag fristgerecht
        Bei ausgefallener Heizung ist eine Mietminderung möglich
        """),
      SubtopicSource(
        "german.fahrrad", "Fahrrad reparieren", .share(74),
        """
        #ask Die Kette an meinem Fahrrad springt beim Treten, was kann das sein?
        Wie stelle ich die Schaltung am Fahrrad richtig ein?
        Meine Scheibenbremse quietscht, was hilft?
        Wie flicke ich einen Platten am Hinterrad?
        Welchen Reifen brauche ich für mein {rad}?
        Der Akku von meinem {rad} lädt nicht mehr
        Wie oft muss man die Fahrradkette ölen und wechseln?
        Das Hinterrad eiert, kann ich die Speichen selbst nachziehen?
        #rad Trekkingrad | Rennrad | E-Bike | Lastenrad | Mountainbike | Kinderrad | {product} Rad
        #say Das {rad} hat eine Schaltung mit {n} Gängen und ist {n} Jahre alt
        Die Bremsbeläge habe ich {when} gewechselt
        Der Schlauch verliert über Nacht Luft, das Ventil ist dicht
        Ich habe einen Kettennieter und Reifenheber
        Die Kette ist {nn} hundert Kilometer gelaufen
        In der Werkstatt in {place} gibt es erst in {n} Wochen einen Termin
        Beim Schalten auf das große Ritzel rattert das Schaltwerk
        Am Pedal knackt es, vielleicht das Tretlager
        Der Reifen von {company} hat Risse an der Seite
        #next Muss ich die Kassette mit der Kette wechseln?
        Wie viel Bar kommt in den Reifen?
        Welches Öl nimmt man für die Fahrradkette?
        Wie zentriert man das Hinterrad ohne Ständer?
        In welche Richtung drehe ich die Schraube am Schaltwerk?
        Lohnt sich die Werkstatt für die Bremse?
        Passt der Schlauch auch mit Autoventil?
        #tell Wenn die Kette springt, sind Kette und Ritzel meist verschlissen, messen Sie die Länge
        Drehen Sie die Stellschraube am Schaltwerk in kleinen Schritten, bis nichts mehr rattert
        Reinigen Sie die Bremsscheibe mit Alkohol und schleifen Sie die Bremsbeläge leicht an
        Schlauch aufpumpen, ins Wasser halten, Loch anrauen, Flicken aufkleben
        Lassen Sie den Akku bei Zimmertemperatur laden und prüfen Sie die Kontakte
        Die Reifengröße steht an der Flanke vom Reifen
        Eine Fahrradkette hält etwa dreitausend Kilometer, dann wird gewechselt
        Speichen nur in Vierteldrehungen nachziehen, sonst eiert das Rad mehr
        """),
    ])
}
