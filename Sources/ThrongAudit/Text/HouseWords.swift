/// Words of the fixed texts of a release: names of files, tables, columns and keys, prose of the report, of descriptions
/// and of the schema. They say nothing of a log, even where only one person of it wrote them.
///
/// A test keeps the list whole: who writes a new sentence into a release adds its words of four and more letters.
enum HouseWords {
  static let all: [[UInt8]] = Array(text.utf8).words.map(\.folded)
  static let hashes: Set<UInt64> = Set(all.map { WordHash.of($0) })

  private static let text = """
    about above absence accept accounts adding additionalproperties address after again alone already
    also among another anyof appears applied array asked asks automatic automatically away back base
    before begin behind belongs below beside best beyond boolean bottom bound bounded bounds brackets
    budget bundle busy bytes cannot carries carry cell cells cent changes changing check children choice
    chosen closeness cluster clustering clusters columns combines come commit common compares const
    controls conversation conversations conviction copies could count counted counts coverage covered
    covers create created crossed custom date decision defs delete delta depth description deterministic
    diagnosis differ difference different differential digest dimensions directory discrete disk
    distance distinct diversity divided does dominance down draft draw drawn each else elsewhere empty
    encoding enough entropy enum epoch epsilon equal every excludes exclusiveminimum exists explorer facet facets
    factor false fewest fields figure files first force format free frequent from further gaps gate
    gated gaussian geometric give given guarantee handle hashed have held here hexadecimal high hold html
    holds https identity included index input insert integer internal interval into isbyuser items
    itself joined journal json judgement kept know known label labels laplace larger largest learn least
    leaves left less level levels lies like listed look lost lower made make many markdown matter
    maximum mean meaning meant mechanism mechanisms minimum minitems minlength missing mixed mode more
    most mostly move much multiple must name named nearly never noise noised none notes nothing nowhere null
    number numbers obeys object occur often ones only order ordered other others outcome output outsider
    over page parent parents part partial parts passed path pattern people percent person phrase place
    plain policy position pragma primary privacy probability promised properties public published
    quarantined random ranges rare reaches read real records reduced reduction release released removed
    removing replace report required rest rolled room root rounded rounding rule rules said same sample
    says scale schema score screened seconds secret seed seen sensitive sensitivity sentence separator
    settings several sha256 sha256sums share shares should show shown shows siblings size sizes somebody
    source space spends split sqlite stability stand stated stopped string subtraction such suppression
    table tables taken taking talk talks tell tells term terms text than that their them there these
    they this those threshold thresholds throng tier times title together topic topics tree true
    truncated type uint8 under uniqueitems unit unix unless unusable upper used user users value values
    vectoriser version very view visible went were what where whether which whoever whole with withheld
    within without word words worked would write written wrote xxxxxx zero
    """
}
