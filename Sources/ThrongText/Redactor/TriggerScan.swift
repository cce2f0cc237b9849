internal import CKernels

/// Finds the bytes that can begin, or stand in the middle of, something to redact, a window at a time.
struct TriggerScan {
  /// Places in the window, ascending, the first `count` of them; `taken` were passed.
  private var places = [UInt32](repeating: 0, count: Int(CK_TRIGGER_WINDOW) + 8)
  private var (count, taken) = (0, 0)
  private var window = 0..<0
  /// Whether a control that is no white space, and "dot" in any case, were met. Known when the end was reached.
  private(set) var (seesControl, seesDot) = (false, false)

  mutating func reset() {
    (count, taken, window, seesControl, seesDot) = (0, 0, 0..<0, false, false)
  }

  /// The first trigger from `from` on, or the count. Of a text `from` never falls.
  @inline(__always) mutating func next(_ text: Span<UInt8>, from: Int) -> Int {
    while true {
      while taken < count {
        let place = window.lowerBound &+ Int(places[taken])
        if place >= from { return place }
        taken &+= 1
      }
      if window.upperBound == text.count { return text.count }
      fill(text)
    }
  }

  private mutating func fill(_ text: Span<UInt8>) {
    window = window.upperBound..<min(window.upperBound + Int(CK_TRIGGER_WINDOW), text.count)
    let found = unsafe text.withUnsafeBufferPointer { bytes in
      unsafe places.withUnsafeMutableBufferPointer { places in
        unsafe ck_find_triggers(bytes.baseAddress!, text.count, window.lowerBound, places.baseAddress!)
      }
    }
    (count, taken) = (found.count, 0)
    seesControl = seesControl || found.control
    seesDot = seesDot || found.dot
  }

  /// What ``next(_:from:)`` finds and more, byte by byte: the reference of tests.
  static func nextSlowly(_ text: Span<UInt8>, from: Int) -> Int {
    var i = from
    while i < text.count, !ASCII.isDigit(text[i]), !"\n.:@-!".utf8.contains(text[i]) { i += 1 }
    return i
  }

  /// A control that is no white space.
  static func isControl(_ b: UInt8) -> Bool { b < 0x20 && !ASCII.isSpace(b) || b == 0x7F }
}
