extension TopicSource {
  static let home = TopicSource(
    "home", "Home and garden",
    common: """
      #say The house in {place} is from the seventies
      I bought supplies at the {company} hardware store
      #tell Wear gloves, and a hardware store has all of it
      """,
    [
      SubtopicSource(
        "home.garden", "Vegetable garden and plants", .share(124), heavyShare: 0.05,
        """
        #ask The leaves of my {plant} plants turn yellow, what is wrong?
        When do I plant {plant} seedlings outside in {place}?
        How do I get rid of {pest} on my {plant} without chemicals?
        My {plant} has flowers but no fruit, why?
        Which vegetables grow well in a raised bed with little sun?
        How often should I water {plant} in pots on a balcony?
        Can I plant {plant} next to {plant} in the same raised bed?
        My compost smells bad and is full of flies, how do I fix it?
        Which fertilizer is best for {plant}?
        How do I prune {plant} in spring?
        My houseplant drops leaves and the soil is full of {pest}
        #plant tomato | cucumber | basil | strawberry | zucchini | pepper | rose | blueberry | pumpkin | bean
        potato | lavender
        #pest aphids | slugs | spider mites | fungus gnats | whiteflies | caterpillars | mildew
        #say The raised bed gets {n} hours of sun a day
        The soil is heavy clay with compost on top
        I see brown spots on the lower leaves and {pest} underneath
        I sowed the {plant} seeds in {month} on the windowsill
        We water in the evening with rain water from a barrel
        The variety is called {product}
        Last year {pest} ate every {plant} seedling within a night
        There was a late frost {when}
        The pots have no drainage holes and the roots look brown
        I used fertilizer from {company} once, maybe too much
        The greenhouse gets {nn} degrees by noon
        #next Do I cut off the yellow leaves?
        Does neem oil work against {pest}?
        How deep do I plant the {plant} seedlings?
        Is the soil too wet for {plant}?
        Can I save seeds from this {plant} variety?
        Does mulch keep {pest} away?
        When can I harvest the {plant}?
        #tell Yellow lower leaves on {plant} often mean too much water, let the soil dry between watering
        Spray the {pest} off with water, then use diluted soap every {n} days
        Plant {plant} seedlings outside after the last frost and harden them off for a week
        Turn the compost and add dry leaves, it smells when it is too wet
        Water {plant} in the morning at the roots, wet leaves invite mildew
        Pinch out side shoots and give the {plant} a fertilizer with more potash
        Flowers without fruit usually lack pollination, shake the {plant} gently at noon
        Mulch with straw, it keeps the soil moist and the slugs off the strawberry bed
        """),
      SubtopicSource(
        "home.repairs", "Home repairs", .share(90),
        """
        #ask My kitchen faucet drips all night, how do I fix it?
        The toilet keeps running after flushing, what part do I replace?
        How do I patch a hole in drywall before painting?
        The bathroom drain is clogged and the plunger does not help
        The circuit breaker trips whenever I turn on the dishwasher
        How do I hang a heavy shelf on a plasterboard wall?
        There is mould on the bathroom ceiling, how do I remove it before I paint?
        The radiator is cold at the top, how do I bleed it?
        My {fixture} leaks under the sink, do I need a plumber?
        Which drill bit and wall plug do I need for a concrete wall?
        #fixture faucet | shut-off valve | shower head | dishwasher hose | drain pipe | boiler | washing machine
        #tool wrench | screwdriver | plunger | drill | caulking gun | spirit level | putty knife | pipe wrench
        #say I have a {tool} and a {tool} but never did plumbing before
        The washer in the {fixture} looks worn and there is limescale
        I turned off the water at the shut-off valve
        Water drips from the {fixture} every few seconds into a bucket
        The wall is plasterboard, the stud finder finds nothing
        The plumber from {company} wants {amount} just to come over
        The paint peels off around the window and the caulk is cracked
        The fuse box label says {nn} amps
        My landlord {first} {surname} says small repairs are my job
        The screw thread on the {fixture} is stripped
        I bought a cartridge called {product} and it does not fit the {fixture}
        #next Which size of washer does the faucet need?
        Can I use silicone caulk instead of plumber's tape?
        Do I turn off the circuit breaker before I drill?
        How long does the filler dry before I paint?
        Is it dangerous if the breaker trips again?
        What if the {fixture} still leaks?
        Should I rent a drain snake?
        #tell Close the shut-off valve, open the faucet with the {tool} and replace the worn washer
        A running toilet usually needs a new flapper or a lower float in the cistern
        Cut the drywall hole square, screw a patch behind it, fill, sand and paint
        Take the trap under the sink apart and clean the clog, keep a bucket below
        Unplug the dishwasher: if the circuit breaker holds, the appliance has a short
        Use a hollow wall anchor in plasterboard and check with a spirit level
        Bleed the radiator with a key until water comes, then check the boiler pressure
        Wrap plumber's tape around the thread of the {fixture} and tighten it by hand first
        """),
    ])
}
