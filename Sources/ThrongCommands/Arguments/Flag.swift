/// Where a value goes in its options.
package typealias Field<Root, Value> = any WritableKeyPath<Root, Value> & Sendable

/// One flag of a command: what it is called, what help says of it, and where its value goes.
///
/// The default that help shows is read from the options' own initialiser, so that the two cannot differ.
package struct Flag<Options>: Sendable {
  /// The long name, without its dashes.
  package let name: String
  /// The letter after a single dash, if it has one.
  package let short: Character?
  /// What stands for the value in help, such as `DIR`; nil for a switch, which takes none.
  package let placeholder: String?
  /// One or two sentences; the default is added to them.
  package let help: String
  /// Given again, adds a value instead of contradicting itself.
  package let repeats: Bool
  /// What the value has to be, to stand after "wants".
  package let expected: String
  /// What a shell may offer as the value.
  package let hint: ValueHint
  /// Stores a value; false where it is not what is ``expected``.
  package let apply: @Sendable (_ options: inout Options, _ value: String) -> Bool
  /// The default as it reads in help, from options nothing was given for; nil says nothing.
  package let describeDefault: @Sendable (_ options: Options) -> String?

  /// A flag that takes a value.
  package static func value<Value>(
    _ name: String, short: Character? = nil, _ placeholder: String,
    to path: Field<Options, Value>, _ parser: ValueParser<Value>, _ help: String
  ) -> Flag {
    Flag(
      name: name, short: short, placeholder: placeholder, help: help, repeats: false,
      expected: parser.expected, hint: parser.hint
    ) {
      options, text in
      guard let value = parser.parse(text) else { return false }
      options[keyPath: path] = value
      return true
    } describeDefault: {
      parser.describe($0[keyPath: path])
    }
  }

  /// A flag that may be given more than once; every value is kept, in order.
  package static func list<Value>(
    _ name: String, _ placeholder: String, to path: Field<Options, [Value]>,
    _ parser: ValueParser<Value>, _ help: String
  ) -> Flag {
    Flag(
      name: name, short: nil, placeholder: placeholder, help: help, repeats: true,
      expected: parser.expected, hint: parser.hint
    ) { options, text in
      guard let value = parser.parse(text) else { return false }
      options[keyPath: path].append(value)
      return true
    } describeDefault: { _ in
      nil
    }
  }

  /// A flag without a value, which sets `path` to `value`.
  package static func toggle<Value: Sendable>(
    _ name: String, short: Character? = nil, sets path: Field<Options, Value>,
    to value: Value, _ help: String
  ) -> Flag {
    Flag(
      name: name, short: short, placeholder: nil, help: help, repeats: false, expected: "", hint: .none
    ) { options, _ in
      options[keyPath: path] = value
      return true
    } describeDefault: { _ in
      nil
    }
  }

  /// The same flag for options that hold these at `path`.
  package func within<Outer>(_ path: Field<Outer, Options>) -> Flag<Outer> {
    let (apply, describeDefault) = (apply, describeDefault)
    return Flag<Outer>(
      name: name, short: short, placeholder: placeholder, help: help, repeats: repeats,
      expected: expected, hint: hint
    ) { outer, text in
      apply(&outer[keyPath: path], text)
    } describeDefault: { outer in
      describeDefault(outer[keyPath: path])
    }
  }
}

extension Array {
  /// The same flags for options that hold these at `path`.
  package func within<Options, Outer>(
    _ path: Field<Outer, Options>
  ) -> [Flag<Outer>] where Element == Flag<Options> {
    map { $0.within(path) }
  }
}
