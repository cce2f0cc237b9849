import Dispatch
import Foundation
import Synchronization
import Testing
import ThrongCommands
import ThrongCore

@Suite struct SecretFileTests {
  /// What tells two secrets apart.
  private func print(_ secret: Secret) -> UInt64 {
    secret.hasher(for: "test").hash24([1, 2, 3].span)
  }

  private func load(
    _ path: String? = nil, _ environment: [String: String] = [:]
  ) throws -> (print: UInt64, warnings: [String]) {
    var warnings: [String] = []
    let secret = try SecretFile.load(path: path, environment: environment) { warnings.append($0) }
    return (print(secret), warnings)
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func write(_ count: Int, to path: String, mode: Int = 0o600) throws {
    try Data(repeating: 7, count: count).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func isMadeOnFirstUseForItsOwnerAlone() throws {
    try withTemporaryFolder { home in
      let first = try load(nil, ["HOME": home])
      let path = home + "/.local/state/throng/secret"
      #expect(try mode(path) == 0o600)
      #expect(try mode(home + "/.local/state/throng") == 0o700)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 32)
      let second = try load(nil, ["HOME": home])
      #expect(first.print == second.print)
      #expect(first.warnings.isEmpty && second.warnings.isEmpty)
      #expect(try load(path).print == first.print)
    }
  }

  @Test func stateHomeGoesBeforeHome() throws {
    try withTemporaryFolder { home in
      _ = try load(nil, ["HOME": home, "XDG_STATE_HOME": home + "/state"])
      #expect(FileManager.default.fileExists(atPath: home + "/state/throng/secret"))
      #expect(!FileManager.default.fileExists(atPath: home + "/.local"))
      // A relative path is to be ignored.
      _ = try load(nil, ["HOME": home, "XDG_STATE_HOME": "state"])
      #expect(FileManager.default.fileExists(atPath: home + "/.local/state/throng/secret"))
    }
  }

  @Test func ofManyAtOnceOneWins() throws {
    for _ in 0..<20 {
      try withTemporaryFolder { home in
        let prints = Mutex<[UInt64]>([])
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
          guard let loaded = try? load(nil, ["HOME": home]), loaded.warnings.isEmpty else { return }
          prints.withLock { $0.append(loaded.print) }
        }
        let seen = prints.withLock { $0 }
        #expect(seen.count == 16)
        #expect(Set(seen).count == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: home + "/.local/state/throng")
        #expect(left == ["secret"])
      }
    }
  }

  @Test func withoutAPlaceTheRunHasItsOwn() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try write(1, to: file)
      for environment in [[:], ["HOME": ""], ["HOME": file]] {
        let (first, second) = (try load(nil, environment), try load(nil, environment))
        #expect(first.print != second.print)
        #expect(first.warnings.count == 1)
        #expect(first.warnings[0].contains("will differ"))
      }
    }
  }

  @Test func aFileThatIsNamedMustServe() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/s"
      #expect(throws: CommandFailure.secretUnreadable(path: path, SystemError(2))) { try load(path) }
      #expect(throws: CommandFailure.secretUnreadable(path: folder, SystemError(21))) { try load(folder) }
      try write(15, to: path)
      #expect(throws: CommandFailure.secretTooShort(path: path, bytes: 15)) { try load(path) }
      try write(5000, to: path)
      #expect(throws: CommandFailure.secretTooLong(path: path, limit: 4096)) { try load(path) }
      for count in [16, 4096] {
        try write(count, to: path)
        let loaded = try load(path)
        #expect(loaded.print == print(Secret(bytes: Array(repeating: 7, count: count))!))
        #expect(loaded.warnings.isEmpty)
      }
      #expect(CommandFailure.secretTooShort(path: path, bytes: 15).exitStatus == 2)
    }
  }

  /// A secret that is there and unusable is not silently replaced: the bytes of the release would change.
  @Test func aBrokenDefaultIsRefused() throws {
    try withTemporaryFolder { home in
      try FileManager.default.createDirectory(atPath: home + "/throng", withIntermediateDirectories: true)
      try write(3, to: home + "/throng/secret")
      #expect(throws: CommandFailure.secretTooShort(path: home + "/throng/secret", bytes: 3)) {
        try load(nil, ["XDG_STATE_HOME": home])
      }
    }
  }

  @Test(arguments: [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1), (0o620, 1)])
  func othersWhoCanUseItAreWarnedAbout(mode: Int, warnings: Int) throws {
    try withTemporaryFolder { folder in
      try write(32, to: folder + "/s", mode: mode)
      #expect(try load(folder + "/s").warnings.count == warnings)
    }
  }
}
