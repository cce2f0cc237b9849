package import ThrongCore
internal import Synchronization

/// Analyzers to borrow, as many as blocks are worked on at once: their tables and buffers are made once, not for every block.
package final class TextAnalyzerPool: Sendable {
  private let settings: TextSettings
  private let secret: Secret
  private let idle = Mutex<[Idle]>([])

  /// An analyzer that nobody uses. `@unchecked Sendable`: it is with one borrower at a time.
  private struct Idle: @unchecked Sendable {
    var analyzer: TextAnalyzer
  }

  package init(settings: TextSettings, secret: Secret) {
    self.settings = settings
    self.secret = secret
  }

  /// Calls `body` with an analyzer that holds no document. `body` ends with ``TextAnalyzer/finish()``; where it throws, the
  /// analyzer goes.
  ///
  /// Throws ``TextFailure`` where an analyzer cannot be made, and what `body` throws.
  package func withAnalyzer<Result>(_ body: (TextAnalyzer) throws -> Result) throws -> Result {
    let analyzer =
      try idle.withLock { $0.popLast() }?.analyzer ?? TextAnalyzer(settings: settings, secret: secret)
    let result = try body(analyzer)
    let returned = Idle(analyzer: analyzer)
    idle.withLock { $0.append(returned) }
    return result
  }
}
