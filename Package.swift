// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target, tests included, is compiled under the same rules.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A module and what it may depend on. An arrow never points back; see Documentation/Architecture.md.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], tests: [Target.Dependency] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.target(name: name)] + dependencies + tests + ["ThrongTestSupport"]),
  ]
}

let package = Package(
  name: "throng",
  products: [
    .executable(name: "throng", targets: ["throng"]),
    .library(name: "Throng", targets: ["Throng"]),
  ],
  targets: [
    // System libraries: two files each, never a public import.
    .systemLibrary(
      name: "CLinearAlgebra", providers: [.apt(["libblas-dev", "liblapacke-dev", "libopenblas0-pthread"])]),
    .systemLibrary(name: "CCompression", providers: [.apt(["zlib1g-dev", "libzstd-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    // Inner loops of ours that want the instruction set of the machine at hand.
    .target(name: "CKernels"),
    // The page of the explorer: files that the C compiler embeds.
    .target(
      name: "CExplorer",
      exclude: [
        "page.html", "style.css", "words.js", "model.js", "color.js", "scene.js", "table.js", "chart.js",
        "detail.js",
        "withheld.js", "download.js", "app.js",
      ]),
    // C++ and macro-renamed libraries stand behind a C header of our own.
    .target(
      name: "CJSON", cxxSettings: [.define("NDEBUG")], linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CText",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("stemmer"), .linkedLibrary("cld2")]),
    // The one module that opens a socket: to a PostgreSQL server that the operator names. Tested with ThrongRelease.
    .target(name: "ThrongPostgreSQL", dependencies: ["ThrongCore", "ThrongRelease", "CPostgreSQL"]),
    .target(name: "ThrongTestSupport", dependencies: ["ThrongCore"], path: "Tests/ThrongTestSupport"),
    .executableTarget(name: "throng", dependencies: ["ThrongCommands"]),
    // What Benchmarks/ measures one part with; no product.
    .executableTarget(
      name: "throng-bench",
      dependencies: [
        "ThrongCore", "ThrongText", "ThrongFacets", "ThrongLinearAlgebra", "ThrongClustering",
        "ThrongPrivacy", "ThrongRelease", "ThrongStatistics", "ThrongClassifier",
      ],
      path: "Sources/ThrongBench"),
    // What fuzzers call, and the short form of it that tests run.
    .target(
      name: "ThrongFuzz",
      dependencies: [
        "ThrongCore", "ThrongIngest", "ThrongText", "ThrongLinearAlgebra", "ThrongFacets", "ThrongClassifier",
        "Throng", "ThrongAudit", "ThrongCommands", "ThrongWorkspace",
      ],
      path: "Tests/Fuzz/Targets"),
    .testTarget(name: "ThrongFuzzTests", dependencies: ["ThrongFuzz"]),
  ]
    + module("ThrongCore", ["CSodium"])
    + module("ThrongWorkspace", ["ThrongCore", "CSodium"])
    + module("ThrongIngest", ["ThrongCore", "ThrongWorkspace", "CJSON", "CCompression"])
    + module("ThrongLinearAlgebra", ["ThrongCore", "CLinearAlgebra", "CKernels"])
    + module(
      "ThrongText", ["ThrongCore", "ThrongWorkspace", "ThrongLinearAlgebra", "CKernels", "CText"],
      tests: ["CCompression"])
    + module("ThrongFacets", ["ThrongCore", "ThrongWorkspace", "ThrongText"])
    + module("ThrongClustering", ["ThrongCore", "ThrongLinearAlgebra"])
    + module("ThrongPrivacy", ["ThrongCore", "ThrongStatistics", "CSQLite", "CGLPK"])
    + module("ThrongStatistics", ["ThrongCore"])
    + module(
      "ThrongClassifier", ["ThrongCore", "ThrongText", "ThrongLinearAlgebra", "ThrongStatistics"])
    + module("ThrongSynthesis", ["ThrongCore"])
    + module(
      "ThrongRelease", ["ThrongCore", "ThrongPrivacy", "CSQLite", "CExplorer"], tests: ["ThrongPostgreSQL"])
    + module(
      "ThrongAudit", ["ThrongCore", "CGLPK", "CSQLite", "CCompression"],
      tests: ["ThrongPrivacy", "ThrongRelease"])
    + module(
      "Throng",
      [
        "ThrongCore", "ThrongWorkspace", "ThrongIngest", "ThrongText", "ThrongFacets", "ThrongLinearAlgebra",
        "ThrongClustering", "ThrongClassifier", "ThrongPrivacy", "ThrongRelease",
      ], tests: ["ThrongStatistics", "ThrongSynthesis"])
    + module(
      "ThrongCommands",
      [
        "Throng", "ThrongAudit", "ThrongCore", "ThrongWorkspace", "ThrongIngest", "ThrongFacets",
        "ThrongClassifier",
        "ThrongClustering", "ThrongLinearAlgebra", "ThrongPrivacy", "ThrongPostgreSQL", "ThrongRelease",
        "ThrongStatistics", "ThrongSynthesis",
      ]),
  cxxLanguageStandard: .cxx17
)

// `make fuzz` links libFuzzer to it; no other build knows of it.
if Context.environment["THRONG_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "throng-fuzz", dependencies: ["ThrongFuzz"], path: "Tests/Fuzz/Driver"))
}

for target in package.targets where target.type != .system {
  target.swiftSettings = house
}
