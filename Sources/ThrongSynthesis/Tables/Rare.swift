extension TopicSource {
  /// Topics below k: as many people at any size of the corpus.
  static let rare = TopicSource(
    "rare", "Rare pursuits", .english,
    [
      SubtopicSource(
        "rare.organ", "Pipe organ restoration", .fixed(users: 3, conversations: 6),
        """
        #ask Our village pipe organ has a cipher on the great manual, how do we find the pallet?
        How do I releather the reservoir bellows of a pipe organ?
        The reed pipes of our organ went flat after the restoration of the windchest
        #say The organ has {nn} stops and tracker action from {surname}
        The windchest leaks and the swell shutters rattle
        The diapason rank was cleaned and two flue pipes lost their ears
        The bellows leather cracked in {month}
        #next Which glue holds leather on the bellows?
        Do I tune the reed pipes at the wire?
        Is the tremulant fed from the same windchest?
        #tell A cipher is usually dirt under the pallet of that note in the windchest
        Use hot hide glue and alum tanned leather for the bellows
        Tune flue pipes at the slide and reed pipes at the tuning wire
        """),
      SubtopicSource(
        "rare.falconry", "Falconry", .fixed(users: 8, conversations: 12),
        """
        #ask My young falcon bates off the glove whenever I take off the hood, what can I do?
        How do I find the flying weight of a Harris hawk?
        What do I need for a falconry permit and an apprentice mews?
        #say She weighs {nn}0 grams and ignores the lure
        The jesses and the bewits are new, the swivel is old
        I man her on the glove for two hours every evening
        The hawk throws her hood and mantles over quail
        #next Is the weathering lawn safe for a hawk at noon?
        How long is a creance for the first free flight?
        Do I feed quail or day-old chicks?
        #tell Lower the flying weight by a few grams and call the hawk to the lure on a creance
        Manning takes weeks, hood the falcon in the dark mews first
        Check jesses, swivel and telemetry before the hawk flies free
        """),
      SubtopicSource(
        "rare.bees", "Beekeeping swarms", .fixed(users: 15, conversations: 20),
        """
        #ask My beehive swarmed {when}, how do I stop a second swarm?
        I see queen cells on three frames, should I split the hive?
        How do I treat varroa mites in a beehive without losing the queen?
        The beehive is queenless, can I unite it with another colony?
        #say The colony fills {n} brood frames and the honey super is half full
        I counted {nn} varroa mites on the bottom board
        The queen is marked with a blue dot and comes from {place}
        The bees cluster in front of the hive and the drones are back
        #next Do I add a second honey super before the split?
        Can I put the swarm into a nucleus box?
        Does oxalic acid harm the brood?
        #tell Split the hive: move the old queen with two brood frames into a nucleus box
        Treat varroa with oxalic acid when the colony has no capped brood
        Leave one queen cell, the colony swarms again when several virgin queens hatch
        """),
      SubtopicSource(
        "rare.letterpress", "Letterpress printing", .fixed(users: 20, conversations: 28),
        """
        #ask My letterpress prints too light on the left, how do I adjust the platen packing?
        Where do I find lead type and spacing for a tabletop letterpress?
        How do I lock up a forme with quoins so the type does not move?
        The ink on my letterpress rollers is too stiff, what reducer do I use?
        #say It is a {product} platen press from 1912 with new rollers
        The composing stick is set to {nn} picas and the type case is full of sorts
        The impression bites too deep into the cotton paper
        The tympan sheet and the gauge pins are new
        I print wedding invitations with a photopolymer plate
        #next How high is type high in millimetres?
        Do I need a chase with a bevelled bed?
        How do I clean lead type?
        #tell Add a sheet of tissue under the tympan on the weak side of the letterpress
        Lock the quoins evenly and lift the chase a little to see whether any type drops
        Warm the ink on the slab and add a drop of reducer for the rollers
        """),
    ])
}
