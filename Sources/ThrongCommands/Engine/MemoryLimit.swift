internal import Dispatch
internal import Foundation
internal import Glibc
internal import Throng
internal import ThrongCore

/// How much memory a run may have.
struct MemoryLimit {
  /// `--memory`, or less where the control group of this process or `ulimit -v` gives less; nil where none says anything.
  let bytes: Int?
  private let isAsked: Bool

  init(asked: Int?) {
    isAsked = asked != nil
    bytes = [asked, Self.ofGroup, Self.ofAddresses].compactMap { $0 }.min()
  }

  /// `ulimit -v`: addresses, of which there are always more than memory.
  private static var ofAddresses: Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur < 1 << 60 ? Int(limit.rlim_cur) : nil
  }

  /// Refuses what was said to be too little, and warns of what seems to be.
  ///
  /// - Throws: ``EngineFailure/tooLittleMemory(limit:need:)``.
  func admit(_ plan: MemoryPlan, on console: Console) throws {
    guard let bytes, let need = plan.need else { return }
    if plan.sampleRows < MemoryPlan().sampleRows {
      console.note(
        "with so little memory the reduction is fitted to \(Quantity.count(plan.sampleRows, "conversation")); more memory gives "
          + "other bytes where there are more conversations")
    }
    guard need > bytes else { return }
    if isAsked { throw EngineFailure.tooLittleMemory(limit: bytes, need: need) }
    console.warn(
      "there are \(Quantity.bytes(Double(bytes))) of memory, which may be too little; the run stops before they are used up, "
        + "and can be resumed where there are more")
  }

  /// Stops the run before it goes beyond the limit; nil where there is none.
  func guardian(_ cancellation: Cancellation) -> MemoryGuardian? {
    bytes.map { MemoryGuardian(limit: $0, cancellation: cancellation) }
  }

  /// What the control groups leave to this process: the least of its group and those above it, version 2 or 1.
  private static var ofGroup: Int? {
    guard let own = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8) else { return nil }
    var limits: [Int] = []
    for line in own.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isNew = parts[1].isEmpty
      guard isNew || parts[1].split(separator: ",").contains("memory") else { continue }
      let (root, file) =
        isNew ? ("/sys/fs/cgroup", "memory.max") : ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
      var group = String(parts[2])
      while true {
        if let text = try? String(contentsOfFile: "\(root)\(group)/\(file)", encoding: .utf8),
          let limit = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
        {
          limits.append(limit)
        }
        guard let slash = group.lastIndex(of: "/"), !group.isEmpty else { break }
        group = String(group[..<slash])
      }
    }
    // Version 1 says "none" by a number that no machine has.
    return limits.filter { $0 < 1 << 60 }.min()
  }
}

/// Looks at the resident set ten times a second, and cancels before it reaches the limit: what is killed from outside says nothing.
final class MemoryGuardian {
  private let timer: any DispatchSourceTimer

  init(limit: Int, cancellation: Cancellation) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "throng.memory"))
    // What may come between two looks.
    let most = limit - limit / 16
    timer.setEventHandler {
      if !cancellation.isCancelled, Self.residentBytes > most { cancellation.cancel(memoryLimit: limit) }
    }
    timer.schedule(deadline: .now(), repeating: .milliseconds(100))
    timer.resume()
  }

  func stop() { timer.cancel() }

  private static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
      ?? 0
  }
}
