import Foundation

/// What `make sanitize` says of itself: instrumented code is slow, and the sanitizer of threads needs files of its own.
public enum Sanitizers {
  /// Whether these tests run under one.
  public static let areOn = ProcessInfo.processInfo.environment["THRONG_SANITIZER"] != nil

  /// Minutes that a test of linear time may take: quadratic time on what it reads takes hours.
  public static let patience = areOn ? 60 : 5
}
