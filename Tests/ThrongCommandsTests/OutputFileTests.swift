import Foundation
import Testing
import ThrongCommands

@Suite struct OutputFileTests {
  private func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func write(_ text: String, to path: String, replacing: Bool = false, commit: Bool = true) throws {
    var file = try OutputFile(path, replacing: replacing)
    try file.write(Array(text.utf8)[...])
    if commit { try file.commit() }
  }

  @Test func isThereWholeOrNotAtAll() throws {
    try withTemporaryFolder { folder in
      try write("half", to: folder + "/f", commit: false)
      #expect(try names(folder).isEmpty)
      try write("whole", to: folder + "/f")
      #expect(try names(folder) == ["f"])
      #expect(contents(folder + "/f") == "whole")
    }
  }

  @Test func replacesOnlyWhenTold() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/f"
      try write("old", to: path)
      #expect(throws: CommandFailure.fileExists(path: path)) { try write("new", to: path) }
      try write("new", to: path, replacing: true, commit: false)
      #expect(contents(path) == "old")
      try write("new", to: path, replacing: true)
      #expect(contents(path) == "new")
      #expect(CommandFailure.fileExists(path: path).exitStatus == 2)
    }
  }

  @Test func saysWhyItCannotWrite() throws {
    try withTemporaryFolder { folder in
      let missing = folder + "/none/f"
      #expect(throws: CommandFailure.fileUnwritable(path: missing, SystemError(2))) {
        try write("x", to: missing)
      }
      #expect(throws: CommandFailure.fileUnwritable(path: folder, SystemError(21))) {
        try write("x", to: folder, replacing: true)
      }
      // A device that is always full.
      #expect(throws: CommandFailure.fileUnwritable(path: "/dev/full", SystemError(28))) {
        try write("x", to: "/dev/full")
      }
    }
  }

  @Test func devicesAreWrittenTo() throws {
    try write("x", to: "/dev/null")
    #expect(!FileManager.default.fileExists(atPath: "/dev/null.partial"))
  }
}
