package import ThrongCore
internal import ThrongRelease

extension PipelineEngine {
  /// `throng report`.
  package func report(_ options: ReportOptions, in context: CommandContext) throws -> ExitCode {
    let bytes = try BundleReader.file(options.format.file, of: options.bundles[0])
    try context.console.write(bytes)
    return .done
  }
}
