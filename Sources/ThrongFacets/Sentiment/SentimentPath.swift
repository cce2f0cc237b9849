/// The mood of the human side from its first message to its last: each message on five levels, from −1 to 1.
package struct SentimentPath: Sendable, Equatable {
  /// Messages of the human side.
  package let messages: Int
  /// Mean level of all messages, of the first three and of the last three; NaN without a message.
  package let mean: Float
  package let opening: Float
  package let closing: Float

  /// Messages of ``opening`` and ``closing``.
  package static let window = 3
  /// Below so many messages the windows would share one, and a change would be less than it is.
  package static let fewestForChange = 2 * window

  /// ``closing`` minus ``opening``; NaN for fewer than ``fewestForChange`` messages. At exactly six the windows touch and share
  /// no message.
  package var change: Float { messages >= Self.fewestForChange ? closing - opening : .nan }

  /// The path of these levels.
  package init(levels: [Float]) {
    func mean(_ levels: some Collection<Float>) -> Float { levels.reduce(0, +) / Float(levels.count) }
    messages = levels.count
    self.mean = mean(levels)
    opening = mean(levels.prefix(Self.window))
    closing = mean(levels.suffix(Self.window))
  }
}

/// Reads the human messages of a conversation.
struct SentimentReader {
  private var scorer = SentimentScorer()
  private var levels: [Float] = []

  mutating func read(_ text: Span<UInt8>, _ scanner: borrowing WordScanner) {
    levels.append(SentimentLevel(score: scorer.score(text, scanner)).number)
  }

  /// The path, and begins the next conversation.
  mutating func finish() -> SentimentPath {
    defer { levels.removeAll(keepingCapacity: true) }
    return SentimentPath(levels: levels)
  }
}

/// Five levels of a mood.
enum SentimentLevel: Int32, CaseIterable {
  case veryNegative, negative, neutral, positive, veryPositive

  /// Sizes of scores from which a message is not neutral, and from which it is very much so.
  static let mild: Float = 0.2
  static let strong: Float = 0.6

  init(score: Float) {
    switch score {
    case ...(-Self.strong): self = .veryNegative
    case ...(-Self.mild): self = .negative
    case Self.strong...: self = .veryPositive
    case Self.mild...: self = .positive
    default: self = .neutral
    }
  }

  /// −1, −0.5, 0, 0.5 or 1.
  var number: Float { Float(rawValue - 2) / 2 }

  var title: String {
    switch self {
    case .veryNegative: "very negative"
    case .negative: "negative"
    case .neutral: "neutral"
    case .positive: "positive"
    case .veryPositive: "very positive"
    }
  }
}
