import ThrongPrivacy

/// `metrics.prom`: gauges of the release and of its top clusters in the text format that Prometheus' node exporter
/// collects. No time stamps, which the exporter refuses; the file's own time is its time.
///
/// Labels of clusters are shown as on a terminal (``Visible/text(_:)``), so that no dashboard obeys them.
struct PrometheusMetrics: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Array(Self.text(release).utf8), to: "metrics.prom")
  }

  private typealias Labels = [(name: String, value: String)]

  static func text(_ release: Release) -> String {
    let (rules, accounts) = (release.rules, release.accounts)
    var text = gauge(
      "throng_release_info", "The release that the other gauges describe; always 1.",
      [
        (
          [
            ("release_id", release.id), ("policy", rules.policy), ("unit", rules.unit),
            ("throng_version", release.run.throngVersion),
          ], "1"
        )
      ])
    if let created = release.run.createdAtUnix {
      text += gauge(
        "throng_release_created_timestamp_seconds", "When the release was made, as its maker stated.",
        [([], String(created))])
    }
    text += gauge(
      "throng_release_clusters", "Published clusters, the whole included.",
      [([], String(release.clusters.count))])
    text += gauge(
      "throng_release_minimum_users", "Fewest users of a published cluster (k).",
      [([], String(rules.minimumUsers))])
    text += gauge(
      "throng_release_users", "Users, at least; noised under a budget.",
      [([], String(release.clusters[0].users))])
    text += gauge(
      "throng_release_conversations",
      "Conversations by what became of them, at least; noised under a budget. 0 may be withheld.",
      [
        ("read", accounts.read), ("quarantined", accounts.quarantined),
        ("screened_out", accounts.screenedOut),
        ("beyond_bound", accounts.beyondBound), ("counted", accounts.counted),
        ("in_leaves", accounts.inLeaves), ("rolled_up", accounts.rolledUp),
      ].map { ([("state", $0)], String($1)) })
    let top = release.clusters.filter { $0.level == 1 }
    func cluster(_ name: String, _ help: String, _ value: (Release.Cluster) -> String) -> String {
      gauge(
        name, help,
        top.map { ([("cluster_id", $0.id), ("label", Visible.text($0.label))], value($0)) })
    }
    text += cluster("throng_cluster_users", "Users of a top cluster.") { String($0.users) }
    text += cluster("throng_cluster_conversations", "Conversations of a top cluster.") {
      String($0.conversations)
    }
    text += cluster("throng_cluster_share_ratio", "Conversations of a top cluster among all that count.") {
      String($0.share)
    }
    return text
  }

  /// A metric with its samples; nothing where there are none.
  private static func gauge(_ name: String, _ help: String, _ samples: [(Labels, String)]) -> String {
    if samples.isEmpty { return "" }
    let lines = samples.map { labels, value in
      let list = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
      return "\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
    }
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + lines.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
