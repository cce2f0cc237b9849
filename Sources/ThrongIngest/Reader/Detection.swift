/// What the first records of the inputs look like.
package struct Detection: Sendable {
  /// How well a format fits.
  package struct Score: Sendable, Equatable {
    package let format: String
    /// Mean share of the format's signature keys that the sniffed records show, in 0...1.
    package let score: Double
  }

  /// How one input is stored.
  package struct Input: Sendable, Equatable {
    package let compression: Compression
    /// Whether it is one JSON array, not JSON Lines: positions are elements then.
    package let isArray: Bool
  }

  /// A field that was found, and how often.
  package struct Field: Sendable, Equatable {
    /// The path that most of the sniffed records have; nil where none has any.
    package internal(set) var name: String?
    /// Share of the sniffed records in which it is of use, in 0...1.
    package internal(set) var share = 0.0
  }

  /// A field that the format has no use for.
  package struct Extra: Sendable, Equatable {
    /// Its path, with dots for nested fields. Text of the log, though not of a conversation: some tools use ids for keys.
    package let name: String
    /// Sniffed records in which it is a string, a number or a boolean.
    package internal(set) var scalars = 0
    /// Sniffed records in which it is a list or an object.
    package internal(set) var others = 0
  }

  /// Whether the format was named by hand.
  package internal(set) var isGiven = false
  /// The chosen format.
  package internal(set) var format: String
  /// All formats in the order of the registry.
  package internal(set) var scores: [Score]
  /// In the order of the inputs.
  package internal(set) var inputs: [Input]
  /// Records sniffed, of all inputs.
  package internal(set) var records: Int
  /// Of those, records that can be read as ``format``, with or without a user.
  package internal(set) var readable = 0
  /// Sniffed records that are nobody's words.
  package internal(set) var passedOver = 0
  /// Where the text is.
  package internal(set) var text = ""
  /// Whether several records make one conversation.
  package internal(set) var joins = false
  /// Whether each file is one person's.
  package internal(set) var usersAreFiles = false
  /// Where the format, or who called, looks for the user.
  package internal(set) var userFields: [String] = []
  /// `share` counts records with a non-empty id.
  package internal(set) var id = Field()
  /// `share` counts records with a non-empty user.
  package internal(set) var user = Field()
  /// `share` counts records with a time that was understood.
  package internal(set) var time = Field()
  /// Further fields, the most frequent first; of a log that has more, the first ``maximumExtras`` found.
  package internal(set) var extras: [Extra] = []
  /// Fields that ``extras`` lists at most.
  package static let maximumExtras = 200
  /// Whether a record holds messages of several roles.
  package internal(set) var hasSeveralRoles = false

  /// Whether any sniffed record names a user.
  package var hasUsers: Bool { user.share > 0 }
}
