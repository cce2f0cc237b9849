/// Words of the fixed texts of a release: names of files, tables, columns and keys, prose of the report, of descriptions
/// and of the schema. They say nothing of a log, even where only one person of it wrote them.
///
/// A test keeps the list whole: who writes a new sentence into a release adds its words of four and more letters.
enum HouseWords {
  static let all: [[UInt8]] = Array(text.utf8).words.map(\.folded)

  /// Words of the fixed texts of ``codeFiles``: of HTML, SVG, SQL, the formats they follow, and their own sentences.
  static let code: [[UInt8]] = Array(codeText.utf8).words.map(\.folded)
  private static let codeFiles: Set<String> = [
    "report.html", "explorer.html", "datapackage.json", "metadata.json", "schema.postgres.sql",
    "metrics.prom",
    "lineage.jsonl",
  ]

  static func isCode(_ file: String) -> Bool { codeFiles.contains(file) || file.hasPrefix("figures/") }

  private static let codeText = """
    01t00 action advisory align always anchor aria base became bigint body branch broken charset
    circle class client code column comment complete conflict conforming constraints content copy
    crowd dataresource default delimiter desc describe device doctype double drop equiv error
    eventtime eventtype fewer figcaption file fine folder foreignkeys form found gauge gauges good
    grid half hashtext head height help hide http info initial inputs inside join lang light line lines
    loads lock looked main mediatype meta middle midnight missingvalues namespace once openlineage
    outputfacets outputs outputstatistics outputstatisticsoutputdatasetfacet perform populate
    postgresql precision primarykey producer profiles psql psqlrc queries quote ratio record rect
    reference regclass regnamespace resource resources right role round rowcount rowid runevent
    runid schemadatasetfacet schemaurl security select series0 series1 series2 series3 series4
    series5 some sort spec standard standing stands state stop strings stroke strong style system
    tableschema tbody temp temporary thead then thin time truncate twice utf8 variant viewbox
    viewport well whisker width xact xmlns
    """
  static let hashes: Set<UInt64> = Set(all.map { WordHash.of($0) })

  private static let text = """
    about above absence accept accounts adding additionalproperties address adjusted after again
    against alone already also among another anyof appears applied array asked asks automatic
    automatically away back base before begin behind belongs below beside best beyond boolean bottom
    bound bounded bounds brackets budget bundle busy bytes calls cannot carries carry cell cells
    cent change changes changing check children choice chosen classifier closeness cluster
    clustering clusters columns combines come commit common compares const controls conversation
    conversations conviction copies corrected could count counted counts course coverage covered
    covers create created crossed custom database databases datapackage date decision defs delete
    delta depth description deterministic diagnosis differ difference different differential digest
    dimensions directory discrete disk distance distinct diversity divided does dominance dots down
    draft draw drawn each else elsewhere empty encoding enough entropy enum epoch epsilon equal errs
    estimate estimates every everything excludes exclusiveminimum exists explorer facet facets
    factor false fewest fields figure figures files first fits force foreign format found free
    frequent from funnel further gaps gate gated gaussian geometric give given grain growth
    guarantee half handle hashed have held here hexadecimal high hold holds holm html https identity
    included index input insert integer internal interval intervals into isbyuser items itself
    joined journal json jsonl judgement kept know known label labels laplace larger largest learn
    least leaves left less level levels lies like lineage list listed look lost lower lowered made make many
    markdown matter maximum mean meaning means meant mechanism mechanisms metadata method metrics
    midnight minimum minitems minlength missing mixed mode month more most mostly move moved much
    multiple must name named nearly never next noise noised none notes nothing nowhere null number
    numbers obeys object occur odds often ones only order ordered other others outcome output
    outsider over page parent parents part partial parts passed path pattern people percent period
    periods person phrase place plain points policy position postgres pragma primary privacy
    probability prom promised properties public published quarantined quarter random range ranges
    rare rates reaches read real reason records reduced reduction references release released
    removed removing replace report required resampling rest rolled room root rounded rounding rule
    rules said same sample says scale schema score screen screened second seconds secret seed seen
    segment segments sensitive sensitivity sentence separator series settings several sha256
    sha256sums share shares should show shown shows siblings sided single size sizes somebody source
    space spends split sqlite stability stand start stated statistic statistics step steps stopped
    string study subtracted subtraction such suppression table tables taken taking talk talks
    taxonomy tell tells term terms text than that their them there these they thin this those three
    threshold thresholds throng through tier times timeseries title together told took topic topics
    total tree trend trends true truncated type uint8 uncertainty under uniqueitems unit unix unless
    unusable upper used user users value values vectoriser version very view visible week went were
    what where whether which whoever whole whose widened with withheld within without word words
    worked would write written wrote xxxxxx year zero
    """
}
