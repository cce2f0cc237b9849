extension SentimentLexicon {
  /// The forms of a list of words with their valences. What a line lists itself outweighs what follows from another word.
  ///
  /// A line is a valence and words; after a slash stand the forms of a word: `v` of a regular verb, `n` a plural, `a` an
  /// adverb in -ly, `r` comparative and superlative, `s` a noun in -ness; a capital `V` or `R` doubles the last letter.
  static func expanded(_ list: String) -> [String: Float] {
    var given: [String: Float] = [:]
    var derived: [String: Float] = [:]
    for line in list.split(separator: "\n") {
      let parts = line.split(separator: " ")
      let valence = Float(parts[0])!
      for part in parts.dropFirst() {
        let pieces = part.split(separator: "/")
        let word = String(pieces[0])
        given[word] = valence
        for form in pieces.count > 1 ? pieces[1] : "" {
          for inflected in forms(of: word, form) where derived[inflected] == nil {
            derived[inflected] = valence
          }
        }
      }
    }
    return derived.merging(given) { $1 }
  }

  private static func forms(of word: String, _ form: Character) -> [String] {
    let doubled = word + String(word.last!)
    let endsInE = word.hasSuffix("e")
    let stem = String(word.dropLast())
    let endsInY = word.hasSuffix("y") && !"aeiou".contains(stem.last!)
    let hisses = ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) }
    let plural = endsInY ? stem + "ies" : hisses ? word + "es" : word + "s"
    switch form {
    case "n": return [plural]
    case "v":
      let past = endsInE ? word + "d" : endsInY ? stem + "ied" : word + "ed"
      let isSilent = endsInE && !word.hasSuffix("ee") && !word.hasSuffix("oe")
      return [plural, past, (isSilent ? stem : word) + "ing"]
    case "V": return [plural, doubled + "ed", doubled + "ing"]
    case "a":
      if word.hasSuffix("ic") { return [word + "ally"] }
      if word.hasSuffix("le"), !"aeiou".contains(word.dropLast(2).last!) { return [stem + "y"] }
      return [endsInY ? stem + "ily" : word + "ly"]
    case "r":
      return endsInE
        ? [word + "r", word + "st"] : endsInY ? [stem + "ier", stem + "iest"] : [word + "er", word + "est"]
    case "R": return [doubled + "er", doubled + "est"]
    case "s": return [(endsInY ? stem + "i" : word) + "ness"]
    default: preconditionFailure("no form \(form) of \(word)")
    }
  }
}
