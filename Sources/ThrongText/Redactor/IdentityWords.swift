/// Words of headers, against which names are told apart.
enum IdentityWords {
  /// Verbs and forms that end an attribution line.
  private static let writing = WordSet(
    """
    writes wrote write said says posted asked replied schrieb schreibt écrit écrivit escribió escribio scritto \
    scrisse escreveu schreef skrev пишет писал написал 写道
    """)

  /// What stands in an attribution beside names.
  private static let header = WordSet(
    """
    in article message on at of the previous a an to from by and or for with this that am pm gmt utc est edt cst \
    cdt mst mdt pst pdt bst met cet cest mon tue wed thu fri sat sun monday tuesday wednesday thursday friday \
    saturday sunday jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july \
    august september october november december wrote writes write said says posted asked replied reply re then \
    newsgroups subject email mail message-id id via am um schrieb le les el los il em op de du la à ha a écrit \
    my your his her their who one someone somebody as also here there usenet news com org net edu
    """)

  private static let pronouns = WordSet(
    """
    he she it i you they we what who one someone somebody everyone everybody that this there which as and but so \
    if when where then the a an his her my your our their people nobody anybody anyone also also, er sie es il \
    elle ils elles on él ella ellos lui lei
    """)

  /// Mailboxes of roles: no person's name, and words of ordinary use.
  private static let roles = WordSet(
    """
    abuse accounts admin administrator billing booking bookings careers complaints contact customer customers \
    customerservice editor email enquiries feedback finance hello help helpdesk hi hr info inquiries invoice \
    invoices it jobs legal list mail mailer mailer-daemon marketing me name news newsletter no-reply noreply \
    notifications office orders payments postmaster press privacy refund refunds reply returns root sales \
    security service services shop spam staff store subscribe support team tech test unsubscribe usenet user \
    username webmaster you your
    """)

  /// First words of lines that take leave, before the writer's name.
  private static let leave = WordSet(
    """
    thanks thank thanx thx cheers regards best kind warm sincerely respectfully yours many love ciao bye greetings \
    gruß gruss grüße gruesse grüsse mfg viele beste herzliche liebe freundliche mit danke merci cordialement \
    amicalement salutations bien saludos gracias atentamente cordialmente un saluti grazie cordiali distinti obrigado \
    obrigada abraços atenciosamente groeten bedankt met vriendelijke
    """)

  /// Two-letter words that open a dated attribution.
  static let dateOpeners: Set<UInt64> = Set(
    ["on", "at", "am", "le", "el", "il", "em", "op"].map { ASCII.packed($0) })

  /// Passes over most lines: the letters that verbs of ``writing`` begin with.
  static func canBeWriting(_ first: UInt8) -> Bool {
    switch ASCII.lower(first) {
    // w s p a r e, and letters beyond ASCII
    case 0x77, 0x73, 0x70, 0x61, 0x72, 0x65, 0x80...: return true
    default: return false
    }
  }

  /// Passes over most of the rest: the last two letters of those verbs, as one word.
  @inline(__always) static func canEndWriting(_ a: UInt8, _ b: UInt8) -> Bool {
    if a >= 0x80 || b >= 0x80 { return true }
    switch UInt16(ASCII.lower(a)) << 8 | UInt16(ASCII.lower(b)) {
    // es te id ys ed eb bt it io to se eu ef ev
    case 0x6573, 0x7465, 0x6964, 0x7973, 0x6564, 0x6562, 0x6274, 0x6974, 0x696F, 0x746F, 0x7365, 0x6575,
      0x6566,
      0x6576:
      return true
    default: return false
    }
  }

  static func isWriting(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { contains(writing, text, range) }
  static func isHeader(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { contains(header, text, range) }
  static func isPronoun(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { contains(pronouns, text, range) }
  static func isLeave(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count >= 2 && contains(leave, text, range)
  }
  static func isRole(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool { contains(roles, text, range) }

  private static func contains(_ set: WordSet, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count <= 24 && set.contains(text, range)
  }
}
