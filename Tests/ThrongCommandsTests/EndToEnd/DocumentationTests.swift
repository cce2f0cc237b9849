import Foundation
import Testing

/// Every command that the documentation shows is run, in a folder with a log of the name it uses.
@Suite(.enabled(if: Program.path != nil, "the program is not built beside the tests"))
struct DocumentationTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of the ```sh blocks of a page.
  static func commands(_ page: String) throws -> [String] {
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    var commands: [String] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```sh"
      } else if isInside, !line.isEmpty {
        commands.append(String(line))
      }
    }
    return commands
  }

  @Test(arguments: ["README.md"]) func everyCommandSucceeds(page: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent("Corpora/assistant-log.jsonl"),
      to: folder.appendingPathComponent("log.jsonl"))
    let commands = try Self.commands(page)
    #expect(commands.count >= 5)
    for command in commands {
      let program = URL(fileURLWithPath: Program.path!).deletingLastPathComponent().path
      let outcome = try Program(
        arguments: [], wrapped: "cd '\(folder.path)' && PATH='\(program)':$PATH && { \(command); }",
        environment: ["XDG_STATE_HOME": folder.path]
      ).finish()
      #expect(outcome.code == 0, "\(command): \(outcome.messages)")
    }
  }
}
