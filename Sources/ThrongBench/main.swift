import Foundation
import ThrongLinearAlgebra

// throng-bench <part> <arguments>: measures one part on a file of numbers and prints one line of JSON.
BLASProvider.restartIfNeeded(addressesAreScarce: false)
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "bootstrap": try benchmarkBootstrap(Array(arguments.dropFirst()))
  case "bundle": try benchmarkBundle(Array(arguments.dropFirst()))
  case "count": try benchmarkCount(Array(arguments.dropFirst()))
  case "kmeans": try benchmarkKMeans(Array(arguments.dropFirst()))
  case "facets": try benchmarkFacets(Array(arguments.dropFirst()))
  case "gate": try benchmarkGate(Array(arguments.dropFirst()))
  case "redact": try benchmarkRedact(Array(arguments.dropFirst()))
  case "svd": try benchmarkSVD(Array(arguments.dropFirst()))
  case "train": try benchmarkTrain(Array(arguments.dropFirst()))
  case "vectorise": try benchmarkVectorise(Array(arguments.dropFirst()))
  case "ward": try benchmarkWard(Array(arguments.dropFirst()))
  default:
    throw BenchFailure(
      "throng-bench: name a part: bootstrap, bundle, count, facets, gate, kmeans, redact, svd, train, "
        + "vectorise, ward"
    )
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(2)
}
