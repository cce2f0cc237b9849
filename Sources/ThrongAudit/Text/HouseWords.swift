/// Words of the fixed texts of a release: names of files, tables, columns and keys, prose of the report, of descriptions
/// and of the schema. They say nothing of a log, even where only one person of it wrote them.
///
/// A test keeps the list whole: who writes a new sentence into a release adds its words of four and more letters.
enum HouseWords {
  static let all: [[UInt8]] = Array(text.utf8).words.map(\.folded)
  static let hashes: Set<UInt64> = Set(all.map { WordHash.of($0) })

  private static let text = """
    about above absence accept accounts additionalproperties address after alone already also among another
    anyof applied array asked automatic automatically away back base before begin behind belongs below best
    beyond boolean bottom bound bounds brackets bundle busy bytes cannot cell cent changes changing check
    children choice chosen closeness cluster clusters columns combines come commit common compares const
    controls conversation conversations conviction copies could count counted counts coverage create created
    crossed custom date defs delete depth description diagnosis differ difference different differential
    digest dimensions directory disk distance distinct diversity divided does dominance down draft each
    elsewhere empty encoding enough entropy enum epoch equal every exists facet facets false fewest fields
    figure files first force format free frequent from further gaps gate gated give handle hashed have held
    here hexadecimal high hold holds https identity included index input insert integer internal interval
    into isbyuser items joined journal json judgement kept known label labels larger largest learn least
    leaves left less level levels lies like listed look lost lower made make many markdown matter maximum
    mean meaning meant minimum minitems minlength missing mixed mode more most mostly move much multiple
    must name named nearly never none nothing nowhere null number obeys object occur often ones only order
    ordered other others output page parent parents part partial parts passed path pattern people percent
    person phrase place plain policy position pragma primary privacy promised properties public published
    quarantined random rare read real records reduced reduction release released removed replace report
    required rest rolled room root rounded rounding rule rules said same sample says schema score screened
    seconds seed seen sensitive sentence separator several sha256 sha256sums share shares show shown
    siblings size sizes somebody source space sqlite stated stopped string subtraction such suppression
    table tables taken taking talk talks tell tells term terms text than that their them there these they
    this those thresholds throng times title together topic topics tree true type uint8 uniqueitems unit
    unix unless unusable upper used user users value values vectoriser version view visible went were what
    where which whoever whole with withheld within without word words worked would write written xxxxxx zero
    """
}
