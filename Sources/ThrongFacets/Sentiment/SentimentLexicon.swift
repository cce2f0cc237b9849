/// What words say about a mood: valences in −4…4, and the words that turn, raise or lower those of others.
///
/// Written by this project for this purpose. English only.
struct SentimentLexicon: Sendable {
  struct Entry: BitwiseCopyable, Sendable {
    /// −4…4; 0 for none.
    var valence: Float = 0
    /// What it adds to the size of a valence behind it.
    var boost: Float = 0
    var role = Role()
  }

  struct Role: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8
    /// "not", "never", "without".
    static let negator = Role(rawValue: 1)
    /// "but", "however".
    static let contrast = Role(rawValue: 2)
    /// Begins a phrase of two or three words that has a valence of its own.
    static let opening = Role(rawValue: 4)
    /// Begins a phrase of three words.
    static let longOpening = Role(rawValue: 8)
  }

  static let standard = SentimentLexicon()

  /// Open addressing over FNV hashes; 0 is free.
  private var keys: [UInt64] = []
  private var entries: [Entry] = []
  /// Forms with a valence, phrases among them.
  private(set) var valued = 0

  private init() {
    var all: [UInt64: Entry] = [:]
    for (word, valence) in Self.expanded(Self.positives + "\n" + Self.negatives) {
      all[Word.hash(word), default: Entry()].valence = valence
    }
    for (symbol, valence) in Self.emoticons { all[symbol.hash, default: Entry()].valence = valence }
    for line in Self.emoji.split(separator: "\n") {
      let parts = line.split(separator: " ")
      for symbol in parts.dropFirst() {
        all[Word.hash(String(symbol)), default: Entry()].valence = Float(parts[0])!
      }
    }
    for line in Self.boosters.split(separator: "\n") {
      let parts = line.split(separator: " ")
      for word in parts.dropFirst() {
        all[Word.hash(String(word)), default: Entry()].boost = Float(parts[0])!
      }
    }
    for word in Self.negators.split(separator: " ") {
      all[Word.hash(String(word)), default: Entry()].role.insert(.negator)
    }
    for word in Self.contrasts.split(separator: " ") {
      all[Word.hash(String(word)), default: Entry()].role.insert(.contrast)
    }
    for line in Self.phrases.split(separator: "\n") {
      let sign = line.firstIndex(of: " ")!
      let valence = Float(line[..<sign])!
      for phrase in line[sign...].split(separator: ",") {
        let words = phrase.split(separator: " ").map { Word.hash(String($0)) }
        precondition((2...3).contains(words.count), "phrases have two or three words: \(phrase)")
        all[words[0], default: Entry()].role.insert(words.count == 2 ? .opening : .longOpening)
        all[words.dropFirst().reduce(words[0], Self.joined), default: Entry()].valence = valence
      }
    }
    valued = all.values.count { $0.valence != 0 }
    var capacity = 16
    while capacity < 3 * all.count { capacity *= 2 }
    keys = Array(repeating: 0, count: capacity)
    entries = Array(repeating: Entry(), count: capacity)
    for (key, entry) in all.sorted(by: { $0.key < $1.key }) {
      var slot = Int(truncatingIfNeeded: key ^ key >> 32) & (capacity - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      (keys[slot], entries[slot]) = (key, entry)
    }
  }

  /// O(1).
  @inline(__always) subscript(_ hash: UInt64) -> Entry? {
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (keys.count - 1)
    while keys[slot] != 0 {
      if keys[slot] == hash { return entries[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// The key of a phrase of which `hash` is the next word.
  @inline(__always) static func joined(_ phrase: UInt64, _ hash: UInt64) -> UInt64 {
    (phrase &* 0x9E37_79B9_7F4A_7C15 ^ hash) &* Word.prime
  }
}
