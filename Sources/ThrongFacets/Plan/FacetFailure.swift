internal import ThrongCore

/// Why facets cannot be counted. Names fields as the operator wrote them, never a value of the log.
package enum FacetFailure: ThrongFailure, Equatable {
  // How it was asked for: exit 2.
  case badName(String)
  case namedTwice(String)
  case unknownComputed(String, known: [String])
  case unknownFacet(flag: String, name: String)
  case computedOrder(String)
  case orderedTwice(String)
  case badOrder(String, position: Int)
  case repeatedOrder(String, position: Int)
  case badCross(String)
  case unreadable(String)

  // What was found: exit 3.
  case tooManyValues(String, limit: Int)

  package var exitStatus: Int32 {
    switch self {
    case .tooManyValues: ExitCode.inputUnusable.rawValue
    case .unreadable: ExitCode.internalFailure.rawValue
    default: ExitCode.usage.rawValue
    }
  }

  package var message: String {
    switch self {
    case .badName(let name):
      "'\(name)' is no facet: write the name of a field, with dots for nested ones, of at most "
        + "\(FacetRequest.maximumNameBytes) bytes and without control characters, commas, '=' and ' * '"
    case .namedTwice(let name):
      "the facet '\(name)' is named twice; name it once, with --sensitive where it is sensitive"
    case .unknownComputed(let name, let known):
      "there is no computed facet '\(name)'; there are \(known.joined(separator: ", "))"
    case .unknownFacet(let flag, let name):
      "\(flag) speaks of '\(name)', which is no facet of this run; add --facet \(name)"
    case .computedOrder(let name):
      "--order gives an order to '\(name)', which has one of its own or none"
    case .orderedTwice(let name):
      "the facet '\(name)' has two orders; give --order once for it"
    case .badOrder(let name, let position):
      "value \(position) of --order \(name)=… can be no value: it is empty, longer than a value may be, or holds an "
        + "address, a number or the like"
    case .repeatedOrder(let name, let position):
      "value \(position) of --order \(name)=… stands there twice"
    case .badCross(let name):
      "--cross takes two different facets, and each two once: look at '\(name)'"
    case .unreadable(let name):
      "the facet '\(name)' looks at neither facts, words nor the corpus; this is a defect, please report it"
    case .tooManyValues(let name, let limit):
      "the field '\(name)' has more than \(limit) different values, which is no facet but a name or a measure; "
        + "leave it out, or group its values before"
    }
  }
}
