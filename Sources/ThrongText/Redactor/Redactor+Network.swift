// E-mail addresses, handles, links, host names, IP and MAC addresses.

extension Redactor {
  // MARK: '@'

  mutating func atAt(_ text: Span<UInt8>, _ at: Int) -> Int {
    let local = Self.localStart(text, before: at)
    let domain = Self.domainEnd(text, from: at + 1)
    if local < at, let domain {
      add(.email, nameAround(text, address: local..<domain, local: local..<at))
      return max(domain, spans.last!.range.upperBound)
    }
    // A handle: "@name" after anything that is not a word.
    var end = at + 1
    while end < text.count,
      ASCII.isAlphanumeric(text[end]) || text[end] == 0x5F || text[end] == 0x2D
        || text[end] == 0x2E
    {
      end += 1
    }
    while end > at + 1, !ASCII.isAlphanumeric(text[end - 1]), text[end - 1] != 0x5F { end -= 1 }
    let first = text.at(at + 1)
    if local == at, (3...40).contains(end - at), ASCII.isLetter(first) || first == 0x5F {
      add(.handle, at..<end)
      identities.append(at + 1..<end)
      return end
    }
    return at + 1
  }

  /// Start of the local part that ends before `at`. Letters of two UTF-8 bytes belong to it, longer ones do
  /// not, so that Chinese before an address stays.
  private static func localStart(_ text: Span<UInt8>, before at: Int) -> Int {
    var start = at
    let floor = max(0, at - 128)
    while start > floor {
      let b = text[start - 1]
      if isLocal(b) {
        start -= 1
      } else if b & 0xC0 == 0x80, text.at(start - 2) & 0xE0 == 0xC0 {
        start -= 2
      } else {
        break
      }
    }
    while start < at, !ASCII.isAlphanumeric(text[start]), text[start] < 0x80, text[start] != 0x5F {
      start += 1
    }
    return start
  }

  private static func isLocal(_ b: UInt8) -> Bool {
    if ASCII.isAlphanumeric(b) { return true }
    switch b {
    // . _ % + - ! = & / ' $ # ~ ^
    case 0x2E, 0x5F, 0x25, 0x2B, 0x2D, 0x21, 0x3D, 0x26, 0x2F, 0x27, 0x24, 0x23, 0x7E, 0x5E: return true
    default: return false
    }
  }

  /// End of the domain from `from`, or nil. A domain without a dot (an address inside a site) starts with a letter.
  private static func domainEnd(_ text: Span<UInt8>, from: Int) -> Int? {
    var end = from
    var dots = 0
    while end < text.count {
      let b = text[end]
      if ASCII.isAlphanumeric(b) || b == 0x2D || b == 0x5F || b == 0x25 {
        end += 1
      } else if b == 0x2E, ASCII.isAlphanumeric(text.at(end + 1)) {
        dots += 1
        end += 1
      } else if b & 0xE0 == 0xC0, end + 1 < text.count {
        end += 2
      } else {
        break
      }
    }
    while end > from, text[end - 1] == 0x2D { end -= 1 }
    guard end > from, dots > 0 || (end - from >= 2 && ASCII.isLetter(text[from])) else { return nil }
    return end
  }

  // MARK: '!'

  /// Bang paths, "site!site!user": two marks between alphanumerics.
  mutating func atBang(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard ASCII.isAlphanumeric(text.at(at + 1)) else { return at + 1 }
    var start = at
    let floor = max(0, at - 128)
    while start > floor,
      ASCII.isAlphanumeric(text[start - 1]) || text[start - 1] == 0x2D || text[start - 1] == 0x2E
    {
      start -= 1
    }
    guard start < at else { return at + 1 }
    var end = at + 1
    var bangs = 1
    var last = at
    while end < text.count, ASCII.isAlphanumeric(text[end]) || "!-._%".utf8.contains(text[end]) {
      if text[end] == 0x21, ASCII.isAlphanumeric(text.at(end + 1)) {
        bangs += 1
        last = end
      }
      end += 1
    }
    while end > at, !ASCII.isAlphanumeric(text[end - 1]) { end -= 1 }
    guard bangs >= 2, last < end else { return at + 1 }
    add(.email, start..<end)
    identities.append(last + 1..<end)
    return end
  }

  // MARK: ':'

  mutating func atColon(_ text: Span<UInt8>, _ at: Int) -> Int {
    if text.at(at + 1) == 0x2F, text.at(at + 2) == 0x2F, let end = link(text, colon: at) { return end }
    if let end = colonHexadecimal(text, at) { return end }
    return at + 1
  }

  private mutating func link(_ text: Span<UInt8>, colon: Int) -> Int? {
    var start = colon
    while start > max(0, colon - 16), ASCII.isAlphanumeric(text[start - 1]) || text[start - 1] == 0x2B {
      start -= 1
    }
    guard start < colon else { return nil }
    let end = Self.linkEnd(text, from: colon + 3)
    guard end > colon + 3 else { return nil }
    add(.url, start..<end)
    return end
  }

  /// End of the run of URL characters from `from`, without punctuation that ends a sentence. In the host part
  /// letters of two UTF-8 bytes count.
  static func linkEnd(_ text: Span<UInt8>, from: Int) -> Int {
    var end = from
    var host = true
    var open = 0
    scan: while end < text.count {
      let b = text[end]
      switch b {
      case 0x00...0x20, 0x22, 0x3C, 0x3E, 0x60, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x7F: break scan
      case 0x28: open += 1
      case 0x29:
        if open == 0 { break scan }
        open -= 1
      case 0x2F: host = false
      case 0x80...:
        if !host || b & 0xE0 == 0xE0 { break scan }
      default: break
      }
      end += 1
    }
    // A bracket that the link opened is its own.
    var brackets = 0
    for k in from..<end { brackets += text[k] == 0x28 ? 1 : text[k] == 0x29 ? -1 : 0 }
    while end > from, ".,;:!?'\")]*_".utf8.contains(text[end - 1]) {
      if text[end - 1] == 0x29, brackets >= 0 { break }
      if text[end - 1] == 0x29 { brackets += 1 }
      end -= 1
    }
    return end
  }

  /// IPv6 addresses and MAC addresses with colons.
  private mutating func colonHexadecimal(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var start = at
    while start > 0, at - start < 5, ASCII.isHexadecimal(text[start - 1]) { start -= 1 }
    // Behind a colon it was tried before.
    guard at - start <= 4, start == 0 || !Self.isNameByte(text[start - 1]) && text[start - 1] != 0x3A
    else { return nil }
    var groups = 0
    var digits = 0
    var decimal = false
    var pairs = true
    var elided = false
    var end = start
    while end < text.count {
      let from = end
      while end < text.count, end - from < 5, ASCII.isHexadecimal(text[end]) {
        decimal = decimal || ASCII.isDigit(text[end])
        end += 1
      }
      guard end - from <= 4, groups <= 8 else { return nil }
      if end > from {
        groups += 1
        digits += end - from
        pairs = pairs && end - from == 2
      }
      guard text.at(end) == 0x3A else { break }
      if text.at(end + 1) == 0x3A {
        if elided { return nil }
        elided = true
        end += 2
      } else if ASCII.isHexadecimal(text.at(end + 1)) {
        end += 1
      } else {
        break
      }
    }
    guard end == text.count || !ASCII.isAlphanumeric(text[end]) else { return nil }
    if groups == 6, pairs, !elided {
      add(.macAddress, start..<end)
    } else if decimal, groups == 8 || (elided && (2...7).contains(groups) && digits >= 4) {
      add(.ipAddress, start..<end)
    } else {
      return nil
    }
    return end
  }

  static func isNameByte(_ b: UInt8) -> Bool { ASCII.isAlphanumeric(b) || b == 0x5F || b >= 0x80 }

  // MARK: '.'

  /// Whether two labels are a host name by themselves: the last is one that no file and no sentence goes on with.
  private static func isBareDomain(_ text: Span<UInt8>, _ name: Range<Int>, label: Int) -> Bool {
    guard label - name.lowerBound >= 4, ASCII.isLetter(text[name.lowerBound]),
      TopLevelDomains.isBare(text, label..<name.upperBound),
      !isNameByte(text.at(name.upperBound)), text.at(name.upperBound) != 0x28
    else { return false }
    let before = text.at(name.lowerBound - 1)
    if isNameByte(before) || "./\\-$#@".utf8.contains(before) { return false }
    // "End.De" begins a sentence; "MOUSE.COM" and "command.com" are programs.
    return ASCII.isLower(text[label]) && ASCII.isLower(text[label + 1])
      && !text.has("command.", at: name.lowerBound)
  }

  /// Host names: "www.…", any with a path, those of three or more labels, and those of two where the last says it.
  mutating func atDot(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at >= hostEnd, ASCII.isAlphanumeric(text.at(at + 1)) else { return at + 1 }
    var start = at
    let floor = max(0, at - 63)
    while start > floor, ASCII.isAlphanumeric(text[start - 1]) || text[start - 1] == 0x2D { start -= 1 }
    var end = at
    var labels = 1
    var label = at
    while text.at(end) == 0x2E, ASCII.isAlphanumeric(text.at(end + 1)) {
      label = end + 1
      end = label
      labels += 1
      while end < text.count, ASCII.isAlphanumeric(text[end]) || text[end] == 0x2D { end += 1 }
    }
    hostEnd = end
    // What an address begins with is left to its '@'.
    guard start < at, text.at(end) != 0x40, text.at(start - 1) != 0x40 else { return at + 1 }
    if text.has("www.", at: start), labels >= 3 {
      end = Self.linkEnd(text, from: end)
    } else {
      guard TopLevelDomains.contains(text, label..<end) else { return at + 1 }
      let port = text.at(end) == 0x3A && ASCII.isDigit(text.at(end + 1))
      let path = text.at(end) == 0x2F && Self.isNameByte(text.at(end + 1))
      if let local = Self.spelledAt(text, host: start) {
        if !IdentityWords.isRole(text, local) { identities.append(local) }
        add(.email, local.lowerBound..<end)
        return end
      }
      guard path || port || labels >= 3 || Self.isBareDomain(text, start..<end, label: label) else {
        return at + 1
      }
      if path || port { end = Self.linkEnd(text, from: end) }
    }
    add(.url, start..<end)
    return end
  }
}

/// The top-level domains a host name may end with: generic ones, old networks, and all country codes.
enum TopLevelDomains {
  private static let generic: Set<UInt64> = Set(
    """
    com org net edu gov mil int info biz name arpa uucp bitnet mobi jobs tel travel coop aero museum cat asia \
    dev app xyz online site tech store shop cloud page blog wiki live news space website email link agency \
    digital media group world today life top club pro fun design systems solutions services local
    """.split(separator: " ").map { ASCII.packed(String($0)) })

  private static let countries: Set<UInt64> = Set(
    """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca \
    cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo \
    fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je \
    jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo \
    mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt \
    pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk \
    tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """.split(separator: " ").map { ASCII.packed(String($0)) })

  /// Domains that end a host name of two labels; "net" is left out for the names of programs, "it" for the word.
  private static let bare = WordSet(
    """
    com org edu gov mil info biz de uk fr es nl ru jp cn br ca au ch se dk fi cz hu gr pt ie nz za kr ua tr ro bg hr sk \
    lt lv ee mx cl eu io
    """)

  static func isBare(_ text: Span<UInt8>, _ label: Range<Int>) -> Bool { bare.contains(text, label) }

  static func contains(_ text: Span<UInt8>, _ label: Range<Int>) -> Bool {
    guard label.count >= 2, let word = ASCII.packed(text, label) else { return false }
    return label.count == 2 ? countries.contains(word) : generic.contains(word)
  }
}
