import Foundation
import Testing
import ThrongCommands
import ThrongCore

extension EndToEnd {
  /// `throng explore`: where the page is, that it is the released one, and that it is opened only on a desktop.
  @Suite struct ExploreTests {
    private func bundle(_ road: Road) throws -> String {
      #expect(road.run(try road.put(Log(300, users: 100))).code == 0)
      return road.path("out")
    }

    @Test func thePathIsPrinted() throws {
      try withRoad { road in
        let bundle = try bundle(road)
        let outcome = road.command(["explore", bundle])
        #expect(outcome.code == 0)
        #expect(outcome.output == "\(bundle)/explorer.html\n")
        #expect(outcome.messages.contains("open it in any browser"))
        let silent = road.command(["explore", bundle + "/", "--no-open"])
        #expect(silent.output == outcome.output && silent.messages.isEmpty)
        struct Report: Decodable, Equatable {
          let bundle: String
          let explorer: String
          let opened: Bool
        }
        let json = try JSONDecoder().decode(
          Report.self, from: Data(road.command(["explore", bundle, "--json"]).output.utf8))
        #expect(json == Report(bundle: bundle, explorer: "\(bundle)/explorer.html", opened: false))
      }
    }

    @Test func whatIsNoBundleIsRefused() throws {
      try withRoad { road in
        for path in [road.path("nowhere"), try road.put(Log(30, users: 10)), road.folder] {
          road.command(["explore", path]).expectError(
            3, "cannot be read as a release bundle", "it has no SHA256SUMS")
        }
      }
    }

    @Test func aPageThatWasChangedIsNotOpened() throws {
      try withRoad { road in
        let bundle = try bundle(road)
        try road.put(road.bytes("out/explorer.html") + [0x0A], "out/explorer.html")
        road.command(["explore", bundle]).expectError(3, "was changed after it was released")
        try FileManager.default.removeItem(atPath: road.path("out/explorer.html"))
        road.command(["explore", bundle]).expectError(3, "it has no explorer.html")
      }
    }

    /// A desktop is told by its variables, and a stand-in for xdg-open notes what it was given.
    @Test func itIsOpenedOnADesktop() throws {
      try withRoad { road in
        let bundle = try bundle(road)
        let note = road.path("opened")
        let opener = try road.put(Array("#!/bin/sh\nprintf '%s' \"$1\" > \"$NOTE\"\n".utf8), "xdg-open")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: opener)
        func explore(_ environment: [String: String], _ flags: [String] = []) -> String? {
          try? FileManager.default.removeItem(atPath: note)
          let bench = Bench()
          let context = CommandContext(
            console: bench.console, environment: environment.merging(["NOTE": note]) { old, _ in old },
            processors: 1)
          #expect(ThrongCommand.run(["explore", bundle] + flags, in: context, engine: PipelineEngine()) == 0)
          #expect(bench.output.text == "\(bundle)/explorer.html\n")
          return FileManager.default.contents(atPath: note).map { String(decoding: $0, as: UTF8.self) }
        }
        let path = "\(road.folder):/usr/bin:/bin"
        #expect(explore(["DISPLAY": ":0", "PATH": path]) == "\(bundle)/explorer.html")
        #expect(explore(["WAYLAND_DISPLAY": "wayland-0", "PATH": path]) == "\(bundle)/explorer.html")
        #expect(explore(["PATH": path]) == nil)
        #expect(explore(["DISPLAY": "", "PATH": path]) == nil)
        #expect(explore(["DISPLAY": ":0", "PATH": path], ["--no-open"]) == nil)
        #expect(explore(["DISPLAY": ":0", "PATH": "/nowhere"]) == nil)
      }
    }
  }
}
