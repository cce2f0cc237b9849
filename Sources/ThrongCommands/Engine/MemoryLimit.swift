internal import Dispatch
internal import Foundation
internal import Glibc
internal import Throng
internal import ThrongCore
internal import ThrongLinearAlgebra

/// How much memory a run may have.
struct MemoryLimit {
  /// `--memory`, or less where the control group of this process gives less; nil where neither says anything.
  let bytes: Int?
  private let isAsked: Bool
  /// `ulimit -v`: addresses, of which there are always more than memory.
  private let addresses = Self.ofAddresses

  /// Addresses that stacks and heaps of threads take at once, and must find: there is no way to go on without.
  private static let addressesAhead = 128 << 20

  init(asked: Int?) {
    isAsked = asked != nil
    bytes = [asked, Self.ofGroup].compactMap { $0 }.min()
  }

  /// What `ulimit -v` leaves to this process; nil where it says nothing.
  static var ofAddresses: Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur < 1 << 60 ? Int(limit.rlim_cur) : nil
  }

  /// Finds room for so many products at once, which BLAS would look for without end.
  ///
  /// - Throws: ``EngineFailure/tooFewAddresses(limit:need:)``.
  static func reserve(products: Int) throws(EngineFailure) {
    guard let limit = ofAddresses else { return }
    let need = ProcessMemory.current.addresses + addressesAhead + BLASProvider.addresses(ofBuffers: products)
    if need > limit { throw .tooFewAddresses(limit: limit, need: need) }
    BLASProvider.reserveBuffers(products)
  }

  /// Refuses what was said to be too little, and warns of what seems to be.
  ///
  /// - Throws: ``EngineFailure/tooLittleMemory(limit:need:)``, ``EngineFailure/tooFewAddresses(limit:need:)``.
  func admit(_ plan: MemoryPlan, on console: Console) throws {
    if let addresses {
      let need = ProcessMemory.current.addresses + Self.addressesAhead + (plan.need ?? 0)
      if need > addresses { throw EngineFailure.tooFewAddresses(limit: addresses, need: need) }
    }
    guard let bytes, let need = plan.need else { return }
    let usual = MemoryPlan()
    let fewer = [
      plan.sampleRows < usual.sampleRows
        ? "the reduction is fitted to \(Quantity.count(plan.sampleRows, "conversation"))" : nil,
      plan.fittedRows < usual.fittedRows
        ? "clusters are made from \(Quantity.count(plan.fittedRows, "conversation")), or fifty for each"
        : nil,
    ].compactMap(\.self)
    if !fewer.isEmpty {
      console.note(
        "with so little memory \(fewer.joined(separator: " and ")); more memory gives other bytes where there are more "
          + "conversations")
    }
    guard need > bytes else { return }
    if isAsked { throw EngineFailure.tooLittleMemory(limit: bytes, need: need) }
    console.warn(
      "there are \(Quantity.bytes(Double(bytes))) of memory, which may be too little; the run stops before they are used up, "
        + "and can be resumed where there are more")
  }

  /// Stops the run before it goes beyond the limit; nil where there is none.
  func guardian(_ cancellation: Cancellation) -> MemoryGuardian? {
    bytes == nil && addresses == nil
      ? nil
      : MemoryGuardian(
        bytes: bytes, addresses: addresses.map { $0 - Self.addressesAhead / 2 }, cancellation: cancellation)
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

/// What this process takes now, in bytes.
struct ProcessMemory {
  let addresses: Int
  let resident: Int

  static var current: ProcessMemory {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").prefix(2).map { (Int($0) ?? 0) * Int(getpagesize()) }
    return ProcessMemory(addresses: pages.first ?? 0, resident: pages.last ?? 0)
  }
}

/// Looks at the resident set ten times a second, and cancels before it reaches the limit: what is killed from outside says nothing.
final class MemoryGuardian {
  private let timer: any DispatchSourceTimer

  init(bytes: Int?, addresses: Int?, cancellation: Cancellation) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "throng.memory"))
    timer.setEventHandler {
      let memory = ProcessMemory.current
      // Less what may come between two looks.
      if let bytes, memory.resident > bytes - bytes / 16 { cancellation.cancel(memoryLimit: bytes) }
      if let addresses, memory.addresses > addresses { cancellation.cancel(memoryLimit: addresses) }
    }
    timer.schedule(deadline: .now(), repeating: .milliseconds(100))
    timer.resume()
  }

  func stop() { timer.cancel() }
}
