extension Language {
  static let germanTalk = """
    #hello Hallo, | Guten Tag, | Hi, | Guten Morgen, | Moin, | Hallo zusammen,
    #lead Übrigens: | Dazu kommt: | Zur Info: | Außerdem: | Noch etwas:
    #aside Ich bin etwas ratlos. | Es eilt leider. | Entschuldigung für den langen Text. | Danke im Voraus!
    Bitte einfach erklären. | Ich habe schon alles versucht.
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
    #when gestern | heute Morgen | letzte Woche | neulich | am {day} | vor zwei Tagen
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
        "german.miete", "Mietwohnung und Nebenkosten", .share(86), isService: true,
        """
        #ask Mein Vermieter hat die Miete erhöht, muss ich der Mieterhöhung zustimmen? @2
        Wie lange ist die Kündigungsfrist für meine Wohnung? @1
        Die Nebenkostenabrechnung ist viel zu hoch, kann ich widersprechen? @3
        Der Vermieter zahlt die Kaution nicht zurück, was kann ich tun? @5
        In der Wohnung ist Schimmel, darf ich die Miete mindern? @4
        Muss ich beim Auszug die Wohnung streichen? @6
        Können Sie mir eine Kündigung für den Mietvertrag schreiben? @7
        Die Heizung ist {when} ausgefallen und der Vermieter meldet sich nicht @8
        #say Der Mietvertrag läuft seit {n} Jahren und die Wohnung hat {nn} Quadratmeter
        Die Kaution liegt auf einem Konto bei {company}
        In der Nebenkostenabrechnung stehen Hausmeister und Gartenpflege doppelt
        Der Schimmel ist im Schlafzimmer hinter dem Schrank
        Die Hausverwaltung in {place} reagiert nicht auf meine Briefe
        Die Miete beträgt {amount} Euro pro Woche warm
        Das Übergabeprotokoll erwähnt Kratzer im Parkett
        Der Vermieter {surname} will wegen Eigenbedarf kündigen
        Die Heizkosten sind um {nn} Prozent gestiegen
        #say Im Mietvertrag steht eine Staffelmiete mit {n} Prozent pro Jahr
        Die Wohnung in {place} hat undichte Fenster
        Der Hausmeister hat den Schimmel nur überstrichen
        Mein Nachmieter würde die Küche übernehmen
        Die Abrechnung kam erst nach {nn} Monaten
        Die Kaution waren drei Kaltmieten
        #next Welche Frist gilt für den Widerspruch gegen die Nebenkostenabrechnung? @3
        Um wie viel Prozent darf ich die Miete mindern? @8
        Muss die Kündigung handschriftlich unterschrieben sein? @7
        Wer zahlt die Renovierung beim Auszug? @6
        Hilft mir der Mieterverein dabei? @2
        Darf der Vermieter einfach in die Wohnung?
        Bis wann muss die Kaution zurückgezahlt werden? @5
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
        "german.fahrrad", "Fahrrad reparieren", .share(86),
        """
        #ask Die Kette an meinem Fahrrad springt beim Treten, was kann das sein? @1
        Wie stelle ich die Schaltung am Fahrrad richtig ein? @2
        Meine Scheibenbremse quietscht, was hilft? @3
        Wie flicke ich einen Platten am Hinterrad? @4
        Welchen Reifen brauche ich für mein {=rad}? @6
        Der Akku von meinem {=rad} lädt nicht mehr @5
        Wie oft muss man die Fahrradkette ölen und wechseln? @7
        Das Hinterrad eiert, kann ich die Speichen selbst nachziehen? @8
        #rad Trekkingrad | Rennrad | E-Bike | Lastenrad | Mountainbike | Kinderrad | {product} Rad
        #say Das {=rad} hat eine Schaltung mit {n} Gängen und ist {n} Jahre alt
        Die Bremsbeläge habe ich {when} gewechselt
        Der Schlauch verliert über Nacht Luft, das Ventil ist dicht
        Ich habe einen Kettennieter und Reifenheber
        Die Kette ist {nn} hundert Kilometer gelaufen
        In der Werkstatt in {place} gibt es erst in {n} Wochen einen Termin
        Beim Schalten auf das große Ritzel rattert das Schaltwerk
        Am Pedal knackt es, vielleicht das Tretlager
        Der Reifen von {company} hat Risse an der Seite
        #say Die Speichen am Hinterrad sind locker, eine ist gerissen
        Beim Bremsen vibriert die ganze Gabel
        Ich fahre jeden Tag {nn} Kilometer zur Arbeit nach {place}
        Der Mantel ist schwer von der Felge zu bekommen
        Das Schaltwerk ist von {company}, die Kassette auch
        Die Kette war trocken und rostig
        #next Muss ich die Kassette mit der Kette wechseln? @1
        Wie viel Bar kommt in den Reifen? @6
        Welches Öl nimmt man für die Fahrradkette? @7
        Wie zentriert man das Hinterrad ohne Ständer? @8
        In welche Richtung drehe ich die Schraube am Schaltwerk? @2
        Lohnt sich die Werkstatt für die Bremse? @3
        Passt der Schlauch auch mit Autoventil? @4
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
