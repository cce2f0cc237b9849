import Foundation

/// What this process has taken so far.
enum ProcessUsage {
  /// User and system time.
  static var seconds: Double {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(current.ru_utime) + seconds(current.ru_stime)
  }

  /// The most memory that it has held. On Linux not by `getrusage`, which counts what the parent held, too.
  static var peakBytes: Int {
    #if os(Linux)
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
      return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    #else
      return Int(current.ru_maxrss)
    #endif
  }

  private static var current: rusage {
    var usage = rusage()
    #if os(Linux)
      _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }
}
