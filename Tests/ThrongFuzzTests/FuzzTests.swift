import Foundation
import Testing
import ThrongFuzz

/// The shipped hard inputs, and changes of them that are the same in every run: a short form of `make fuzz`.
///
/// Each target has a process of its own, so that a trap is a failed test.
@Suite struct FuzzTests {
  @Test(arguments: FuzzTarget.allCases) func comesBackFromHardInputs(_ target: FuzzTarget) async {
    // Where the process writes the input that it is at.
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "throng-fuzz-\(UUID().uuidString)"
    ).path
    let result = await #expect(processExitsWith: .success) {
      [target = target as FuzzTarget, path = path as String] in
      let corpus = target.corpus()
      precondition(!corpus.isEmpty, "no corpus for \(target)")
      func run(_ bytes: [UInt8]) {
        try! Data(bytes).write(to: URL(fileURLWithPath: path))
        target.run(bytes)
      }
      for bytes in corpus { run(bytes) }
      var mutator = Mutator(seed: 1, corpus: corpus, words: target.words)
      for _ in 0..<target.changes { run(mutator.next()) }
    }
    if result == nil {
      Issue.record("\(target) does not come back from the bytes of \(path)")
    } else {
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

extension FuzzTarget {
  /// How many changed inputs a test tries: about two seconds.
  fileprivate var changes: Int {
    let many =
      switch self {
      case .logs: 3000
      case .terms, .redactor, .study, .taxonomy, .classifier: 10_000
      case .facets: 2000
      case .stages: 500
      case .bundle: 100
      }
    #if DEBUG
      return many / 30
    #else
      return many
    #endif
  }
}
