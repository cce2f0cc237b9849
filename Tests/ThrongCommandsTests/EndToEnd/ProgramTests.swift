import Foundation
import Glibc
import Testing
import ThrongCommands
import ThrongLinearAlgebra
import ThrongTestSupport

extension EndToEnd {
  /// What can only be seen of the program as a process.
  @Suite(.enabled(if: Program.path != nil, "the program is not built")) struct ProgramTests {
    @Test(.enabled(if: Program.succeeds("unshare -rn true"), "unshare is not permitted here"))
    func noNetworkIsNeeded() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(try Program(arguments: road.arguments([log], out: "here")).finish().code == 0)
        let outcome = try Program(arguments: road.arguments([log]), wrapped: "exec unshare -rn \"$@\"")
          .finish()
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(try road.files(of: "out") == road.files(of: "here"))
      }
    }

    /// Tests run with what OpenBLAS chose; the program chooses again where that does not fit.
    @Test(.enabled(if: !BLASProvider.current.core.isEmpty, "not OpenBLAS"))
    func kernelsFitTheProcessor() throws {
      let outcome = try Program(arguments: ["--version"], environment: ["OPENBLAS_VERBOSE": "2"]).finish()
      let said = outcome.messages.split(separator: "\n").last { $0.contains("Core: ") }
      #expect(
        said?.hasSuffix(BLASProvider.fittingCore ?? BLASProvider.current.core) == true, "\(outcome.messages)")
    }

    private static let reference: String? = {
      let libraries = "/usr/lib/\(architecture)-linux-gnu"
      let folders = ["\(libraries)/blas", "\(libraries)/lapack"]
      let files = ["\(folders[0])/libblas.so.3", "\(folders[1])/liblapack.so.3"]
      return files.allSatisfy { FileManager.default.fileExists(atPath: $0) }
        ? folders.joined(separator: ":") : nil
    }()

    private static var architecture: String {
      #if arch(arm64)
        "aarch64"
      #else
        "x86_64"
      #endif
    }

    @Test(.enabled(if: reference != nil, "there is no reference BLAS here")) func referenceBLASWillDo() throws
    {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let environment = ["LD_LIBRARY_PATH": try #require(Self.reference)]
        let outcome = try Program(arguments: road.arguments([log]), environment: environment).finish()
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.warnings.count == 1)
        #expect(outcome.messages.contains("BLAS is reference"))
        #expect(outcome.warnings.first?.contains("install libopenblas0-pthread") == true)
        #expect(
          road.names.filter { $0.hasPrefix("out/") && $0 != "out/tables" }.map { String($0.dropFirst(4)) }
            == OutputTests.bundle)
        let sums = try Program(
          arguments: [], wrapped: "cd '\(road.path("out"))' && sha256sum -c --quiet SHA256SUMS")
        #expect(try sums.finish().code == 0)
      }
    }

    /// A log that takes long enough to be interrupted anywhere; returns its path.
    private func longLog(_ road: Road) throws -> String {
      let log = road.path("log.jsonl")
      #expect(road.command(["synthesize", "--conversations", "20000", "--output", log, "-q"]).code == 0)
      return log
    }

    /// What is there but the private folder, which a run that is stopped keeps.
    private func besidesWork(_ road: Road) -> [String] { road.names.filter { !$0.hasPrefix("out.work") } }

    @Test(arguments: [(SIGINT, "read: started"), (SIGTERM, "reduce: started"), (SIGINT, "k-means: started")])
    func aSignalLeavesNothing(signal: Int32, when words: String) throws {
      try withRoad { road in
        // As many restarts as it takes to be still at it.
        let program = try Program(
          arguments: road.arguments([try longLog(road)], ["--restarts", "1000", "--clusters", "150"]))
        #expect(program.waits(for: words))
        program.send(signal)
        let outcome = try program.finish()
        #expect(outcome.code == 130, "\(outcome.messages)")
        #expect(outcome.messages.hasSuffix("throng: interrupted; nothing was released\n"))
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
        #expect(besidesWork(road) == ["log.jsonl"])
      }
    }

    @Test func aSecondSignalDoesNotWait() throws {
      try withRoad { road in
        let program = try Program(
          arguments: road.arguments([try longLog(road)], ["--restarts", "1000", "--clusters", "150"]))
        #expect(program.waits(for: "reduce: started"))
        program.send(SIGINT)
        program.send(SIGTERM)
        #expect(try program.finish().code == 130)
        #expect(besidesWork(road) == ["log.jsonl"])
      }
    }

    @Test func aSignalEndsTheWaitForInput() throws {
      try withRoad { road in
        // Before anything came, and in the middle of the stream.
        let silent = try Program(arguments: road.arguments(["-"]))
        #expect(silent.waitsForHandler())
        silent.send(SIGINT)
        #expect(try silent.finish(closingInput: false).code == 130)

        let stalled = try Program(arguments: road.arguments(["-"]))
        // More than the first block, without which nothing is said of a stream.
        try stalled.write(Array(Log(60_000, users: 5000).text.utf8))
        #expect(stalled.waits(for: "releases clusters"))
        stalled.send(SIGINT)
        let outcome = try stalled.finish(closingInput: false)
        #expect(outcome.code == 130, "\(outcome.messages)")
        #expect(road.names.isEmpty)
      }
    }

    @Test func emptyStandardInput() throws {
      try withRoad { road in
        let outcome = try Program(arguments: road.arguments(["-"])).finish()
        outcome.expectError(3, "standard input is empty")
        #expect(road.names.isEmpty)
      }
    }

    @Test(.disabled(if: Sanitizers.areOn, "a sanitizer cannot write its own files then"))
    func aFileSizeLimitIsAFullDisk() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log).code == 0)
        let before = try road.files(of: "out")
        for flags in [[], ["--force"]] {
          let out = flags.isEmpty ? "new" : "out"
          let outcome = try Program(
            arguments: road.arguments([log], Road.small + flags, out: out),
            wrapped: "ulimit -f 4 && exec \"$@\""
          ).finish()
          #expect(outcome.code == 5 && outcome.messages.contains("cannot write"), "\(outcome.messages)")
          #expect(!road.names.contains("new") && !road.names.contains { $0.contains("partial") })
        }
        #expect(try road.files(of: "out") == before)
      }
    }

    private static let canMount = Program.succeeds("unshare -rm sh -c 'mount -t tmpfs -o size=64k none /mnt'")

    @Test(.enabled(if: canMount, "no file system may be mounted here"), arguments: [4, 16, 64])
    func aFullDiskLeavesNothing(kibibytes: Int) throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        try FileManager.default.createDirectory(atPath: road.path("disk"), withIntermediateDirectories: false)
        let disk = road.path("disk")
        let outcome = try Program(
          arguments: road.arguments([log], out: "disk/out"),
          wrapped: """
            exec unshare -rm sh -c 'mount -t tmpfs -o size=\(kibibytes)k none "\(disk)" || exit 77
            "$@"; code=$?; ls -A "\(disk)"; exit $code' sh "$@"
            """
        ).finish()
        // Only the private folder stays, for --resume, and only where a stage found room in it.
        let keptWork = outcome.messages.contains("the same command with --resume")
        #expect(outcome.messages.contains("cannot write"), "\(outcome.messages)")
        #expect(outcome.code == (keptWork ? 5 : 1), "\(outcome.messages)")
        #expect(outcome.output == (keptWork ? "out.work\n" : ""))
      }
    }

    @Test func aReaderThatLeavesIsNoFailure() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        // The tree goes to a pipe that nobody reads; the bundle is none the worse.
        let outcome = try Program(
          arguments: road.arguments([log]), wrapped: "{ \"$@\"; echo $? > '\(road.path("code"))'; } | true"
        ).finish()
        #expect(outcome.errors.isEmpty, "\(outcome.messages)")
        #expect(road.text("code") == "0\n")
        #expect(
          road.names.filter { $0.hasPrefix("out/") && $0 != "out/tables" }.map { String($0.dropFirst(4)) }
            == OutputTests.bundle)

        let head = try Program(
          arguments: ["synthesize", "--conversations", "20000", "-q"],
          wrapped: "{ \"$@\"; echo $? > '\(road.path("code"))'; } | head -n 1"
        ).finish()
        #expect(head.output.split(separator: "\n").count == 1 && head.messages.isEmpty)
        #expect(road.text("code") == "0\n")
      }
    }

    @Test func aFullStandardOutputIsAFailure() throws {
      let outcome = try Program(
        arguments: ["synthesize", "--conversations", "100"], wrapped: "exec \"$@\" > /dev/full"
      ).finish()
      outcome.expectError(1, "cannot write to standard output", "No space left")
    }
  }
}
