import ThrongClassifier
import ThrongCore
import ThrongLinearAlgebra
import ThrongText

/// A model file without its checksum, which is put behind it: a forger can do that, too.
func readClassifier(_ input: [UInt8]) {
  do {
    let model = try ClassifierModel(decoding: input + Digest.sha256(input))
    let again = try ClassifierModel(decoding: try model.encoded())
    precondition(again == model, "what was read cannot be written")
    let analyzer = try TextAnalyzer(settings: model.text, secret: model.secret)
    for text in ["refund my late invoice", "我们喜欢北京"] {
      analyzer.begin()
      try analyzer.append(Array(text.utf8).span)
      try analyzer.endDocument()
    }
    var features = Features()
    try features.append(analyzer.finish())
    let chances = try model.applied.chances(of: features, workers: Workers(threads: 1))
    precondition(chances.rows == 2)
    for row in 0..<2 { precondition(model.classes.indices.contains(chances.likeliest(row: row).label)) }
  } catch let error as any ThrongFailure {
    precondition(!error.message.isEmpty)
  } catch {
    preconditionFailure("an error that is nobody's")
  }
}
