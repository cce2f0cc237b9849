import Testing
import ThrongText

/// Classes that need a checksum of their country, or words around them.
@Suite struct RedactorClassesTests {
  // Examples that the authorities or standards publish, or made with check digits by an independent program.
  @Test(arguments: [
    "44051401359", "10000000146", "811218-9876", "070761-4285", "85.07.30-033.28", "756.9217.0769.85",
    "130-692-544", "2341 2341 2346", "8001015009087", "900101-1234567", "736028/5163", "131052-308T",
    "ABCPE1234F",
    "HEGG560427MVZRRL04", "MORGA657054SM9IJ", "912-70-1234", "1-1017-00230-70-8",
  ])
  func nationalIds(_ number: String) { RedactorTests.expect(.nationalID, number) }

  @Test(arguments: [
    "NHS number: ", "my passport is ", "account no. ", "driving licence: ",
    "Personalausweis Nr. L01, ausweis ",
  ])
  func documentsBehindTheirNames(_ name: String) {
    let number = name.hasPrefix("NHS") ? "943 476 5919" : "G47X812B5"
    let found = RedactorTests.pieces(name + number + "\n")
    #expect(found.last?.1 == number, "\(found)")
    #expect(found.last?.0 == .nationalID)
    // Without the word it is a model, an order or a telephone number.
    #expect(RedactorTests.pieces("the " + number + "\n").allSatisfy { $0.0 != .nationalID })
  }

  @Test(
    arguments: [
      "1993-04-15", "15/04/1993", "4/15/93", "15.04.1993", "15.04.93", "1994-03-24 01:19:22",
      "2020-02-29T23:59:59",
      "5 April 1993", "5th of April, 1993", "12-Apr-93", "April 5, 1993", "Sept. 5th 1993", "5. März 1987",
      "5 de mayo de 1987", "3 août 2004", "1987年4月5日", "25 Apr 1993 10:13:30",
    ])
  func dates(_ date: String) { RedactorTests.expect(.date, date, before: "on ") }

  @Test(arguments: [
    "in 1993", "April 1993", "5 April", "1.2.10", "kernel 2.6.12", "May 20 people", "version 12.10.95",
    "1/2/3", "9/11",
    "1914-1918", "12 5 93",
  ])
  func halfDatesStay(_ text: String) {
    #expect(RedactorTests.pieces(text).isEmpty, "\(RedactorTests.pieces(text))")
  }

  @Test(arguments: [
    ("I am 33 years old", "33"), ("a 7-year-old girl", "7"), ("and i'm 41 y/o.", "41"),
    ("aged 82, alone", "82"),
    ("I just turned 64", "64"), ("when he was 78.", "78"), ("ich bin 50 Jahre alt", "50"), ("age: 19", "19"),
  ])
  func ages(text: String, number: String) {
    let found = RedactorTests.pieces(text)
    #expect(found.map(\.0) == [.age] && found.map(\.1) == [number], "\(found)")
  }

  @Test(arguments: [
    "5 years ago", "3 yearly reports", "turned 90 degrees", "he was 3 metres away", "age 200",
    "1.5 years old",
    "aged 6 months",
  ])
  func countsAreNoAges(_ text: String) { #expect(RedactorTests.pieces(text).isEmpty) }

  @Test(arguments: [
    ("ZIP: 4943", "4943"), ("zip code 394 13", "394 13"), ("ZIP: 7412 SL", "7412 SL"), ("PLZ 10115", "10115"),
    ("ZIP: 75534-030", "75534-030"), ("Buffalo, NY 14226.", "14226"), ("Austin, TX 78752-2973", "78752-2973"),
    ("London SW1A 1AA", "SW1A 1AA"), ("Ottawa K1A 0B1", "K1A 0B1"), ("postal code: 110001", "110001"),
  ])
  func postalCodes(text: String, code: String) {
    let found = RedactorTests.pieces(text)
    #expect(found.map(\.0) == [.postalCode] && found.map(\.1) == [code], "\(found)")
  }

  @Test(arguments: ["error code 4943", "PS2 4MB", "in 12345 days", "GO TO 10115", "the zip 4"])
  func numbersAreNoPostalCodes(_ text: String) { #expect(RedactorTests.pieces(text).isEmpty) }

  @Test(arguments: [
    "ann at example dot org", "ann.lee AT mail DOT example DOT com", "ann (at) example (dot) org",
    "ann [at] example.org",
    "ann_at_example_dot_org", "ann(at)example.org", "ann AT example.org", "ann @ example.org",
    "ann dot lee at example dot co dot uk", "ann{at}example{dot}de",
  ])
  func spelledAddresses(_ address: String) {
    RedactorTests.expect(.email, address, before: "mail to: ", after: " (soon")
    #expect(RedactorTests.identities("mail to: \(address) (soon").first?.hasPrefix("ann") == true)
  }

  @Test(arguments: [
    "look at the dot on the map", "meet at noon", "polka dot com", "a dot product at infinity",
    "AVAILABLE AT MY HOUSE",
    "at least one dot is here",
  ])
  func dotsInProseStay(_ text: String) { #expect(RedactorTests.pieces(text).isEmpty) }

  @Test(arguments: ["example.com", "Example.org", "my-kiln.co.uk", "clay.de"])
  func bareDomains(_ name: String) { RedactorTests.expect(.url, name) }

  @Test(arguments: [
    "run command.com", "script.py", "asp.net", "done.It works", "foo.com()", "end.De la", "e.g. it",
    "readme.md",
    "a.de", "config.sys", "MOUSE.COM",
  ])
  func filesAreNoDomains(_ text: String) { #expect(RedactorTests.pieces(text).isEmpty) }

  @Test func cardsAmongOtherNumbers() {
    #expect(RedactorTests.pieces("12 4111 1111 1111 1111 now").map(\.1) == ["4111 1111 1111 1111"])
    #expect(RedactorTests.pieces("no 7, 3782-822463-10005 ok").map(\.0) == [.card])
    #expect(RedactorTests.pieces("4111-1111 1111-1111 x").map(\.0) == [.card])
    // All zeros pass Luhn's test; no network issues them.
    #expect(RedactorTests.pieces("0000 0000 0000 0000").allSatisfy { $0.0 != .card })
  }
}
