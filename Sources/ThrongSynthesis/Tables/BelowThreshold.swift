/// Sub-topics below k: as many people at any size of the corpus, inside topics that are popular.
extension SubtopicSource {
  static let organ = SubtopicSource(
    "home.organ", "Pipe organ restoration", .fixed(users: 3, conversations: 4),
    """
    #ask Our village pipe organ has a cipher on the great manual, how do we find the pallet? @1
    How do I releather the reservoir bellows of a pipe organ? @2
    The reed pipes of our organ went flat after we repaired the windchest @3
    #say The organ has {nn} stops and tracker action from {surname}
    The windchest leaks and the swell shutters rattle
    The diapason rank was cleaned and two flue pipes lost their ears
    The bellows leather cracked in {month}, the wall behind it is damp
    A screw of the pedal coupler is stripped, I have a drill and a screwdriver
    #next Which glue holds leather on the bellows? @2
    Do I tune the reed pipes at the wire? @3
    Is the tremulant fed from the same windchest?
    #tell A cipher is usually dirt under the pallet of that note in the windchest
    Use hot hide glue and alum tanned leather for the bellows
    Tune flue pipes at the slide and reed pipes at the tuning wire
    The tremulant usually has a small bellows of its own on the trunk
    """)

  static let falconry = SubtopicSource(
    "career.falconry", "Falconry apprenticeship", .fixed(users: 8, conversations: 9),
    """
    #ask I am applying as an apprentice falconer, what do they ask about manning a hawk? @2
    How do I find the flying weight of a Harris hawk before my trial day as a falconer? @1
    What do I need for a falconry permit and an apprentice mews? @3
    My trainer says my falcon bates off the glove, will I lose the falconry job? @2
    #say She weighs {nn}0 grams and ignores the lure
    The jesses and the bewits are new, the swivel is old
    I man her on the glove for two hours every evening
    The hawk throws her hood and mantles over quail
    The interview at the falconry in {place} is on {day}, with a test on the glove
    My application to the falconer mentions {n} years with hawks
    #next Is the weathering lawn safe for a hawk at noon? @4
    How long is a creance for the first free flight? @1
    Do I feed quail or day-old chicks? @5
    #tell Lower the flying weight by a few grams and call the hawk to the lure on a creance
    Manning takes weeks, hood the falcon in the dark mews first
    Check jesses, swivel and telemetry before the hawk flies free, the permit asks for it
    The weathering lawn needs shade and a bath for the hawk at noon
    Quail and chicks in turn, weighed in grams
    """)

  static let bees = SubtopicSource(
    "home.bees", "Beekeeping swarms", .fixed(users: 15, conversations: 16),
    """
    #ask My beehive swarmed {when}, how do I stop a second swarm? @3
    I see queen cells on three frames, should I split the hive? @1
    How do I treat varroa mites in a beehive without losing the queen? @2
    The beehive next to the vegetable bed is queenless, can I unite it with another colony? @4
    #say The colony fills {n} brood frames and the honey super is half full
    I counted {nn} varroa mites on the bottom board
    The queen is marked with a blue dot and comes from {place}
    The bees cluster in front of the hive and the drones are back
    The hive stands in the garden under the plum tree, the soil is wet there
    The bees like the lavender, the pumpkin and the bean flowers
    After the late frost there were no flowers for the colony
    #next Do I add a second honey super before the split? @1
    Can I put the swarm into a nucleus box? @1
    Does oxalic acid harm the brood? @2
    Which plants feed the bees in {month}? @5
    #tell Split the hive: move the old queen with two brood frames into a nucleus box
    Treat varroa with oxalic acid when the colony has no capped brood
    Leave one queen cell, the colony swarms again when several virgin queens hatch
    Unite colonies in the evening with a sheet of newspaper between the hives
    Plant lavender and borage, and leave the ivy for the bees in autumn
    """)

  static let letterpress = SubtopicSource(
    "orders.letterpress", "Letterpress printing supplies", .fixed(users: 20, conversations: 21),
    """
    #ask My letterpress prints too light on the left since delivery, how do I adjust the platen packing? @1
    I ordered lead type and quoins for a tabletop letterpress, where is the parcel? @4
    How do I lock up a forme with the new quoins so the type does not move? @2
    The ink I ordered for the letterpress rollers is too stiff, what reducer do I use? @3
    The chase in the package does not fit my letterpress, can I exchange it? @5
    #say It is a {product} platen press from 1912 with new rollers
    The composing stick is set to {nn} picas and the type case is full of sorts
    The impression bites too deep into the cotton paper
    The tympan sheet and the gauge pins are new
    I print wedding invitations with a photopolymer plate
    The lead type was delivered in a crushed parcel and the sorts are mixed
    Tracking says the quoins and the furniture are in the {place} depot
    The courier left the press on a pallet in front of my door
    #next How high is type high in millimetres? @2
    Do I need a chase with a bevelled bed? @5
    How do I clean lead type? @3
    Does the courier carry a press upstairs? @4
    #tell Add a sheet of tissue under the tympan on the weak side of the letterpress
    Lock the quoins evenly and lift the chase a little to see whether any type drops
    Warm the ink on the slab and add a drop of reducer for the rollers
    The parcel with the lead type is heavy, so the courier delivers it to the door only
    Measure the bed inside and send the chase back, then we exchange it
    """)
}
