extension TopicSource {
  static let home = TopicSource(
    "home", "Home and garden",
    common: """
      #tell Wear gloves, and a hardware store has all of it
      #shared The house in {place} is from the seventies
      I bought supplies at the {company} hardware store
      We moved into the house in {month} and I do everything myself
      I watched a video about it but our house is different
      My {relation} has a shed full of tools and buckets
      I am a beginner and want to do it myself this weekend
      The hardware store sold me {product}, is that any good?
      Our house has a small yard and an old shed
      The previous owner of the house did it wrong
      It has been raining for a week and everything is damp
      """,
    [
      SubtopicSource(
        "home.garden", "Vegetable garden and plants", .share(96), heavyShare: 0.05,
        """
        #ask The leaves of my {=plant} plants turn yellow, what is wrong? @1
        When do I plant {=plant} seedlings outside in {place}? @3
        How do I get rid of {=pest} on my {=plant} without chemicals? @2
        My {=plant} has flowers but no fruit, why? @7
        Which vegetables grow well in a raised bed with little sun? @3
        How often should I water {=plant} in pots on a balcony? @5
        Can I plant {=plant} next to {plant} in the same raised bed? @8
        My compost smells bad and is full of flies, how do I fix it? @4
        Which fertilizer is best for {=plant}? @6
        How do I prune {=plant} in spring? @6
        My houseplant drops leaves and the soil is full of {=pest} @2
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
        #say The {plant} next to the fence looks fine, the {plant} in the pot does not
        There are holes in the leaves and slime trails on the soil
        I prune everything in {month}, maybe that was too early
        The compost heap gets kitchen scraps, grass and cardboard
        The balcony faces north and is windy
        My {relation} swears by coffee grounds against slugs
        The seedlings are tall and thin and fall over
        #next Do I cut off the yellow leaves? @1
        Does neem oil work against {=pest}? @2
        How deep do I plant the {=plant} seedlings? @3
        Is the soil too wet for {=plant}? @1
        Can I save seeds from this {=plant} variety?
        Does mulch keep {=pest} away? @8
        When can I harvest the {=plant}?
        #tell Yellow lower leaves on {=plant} often mean too much water, let the soil dry between watering
        Spray the {=pest} off with water, then use diluted soap every {n} days
        Plant {=plant} seedlings outside after the last frost and harden them off for a week
        Turn the compost and add dry leaves, it smells when it is too wet
        Water {=plant} in the morning at the roots, wet leaves invite mildew
        Pinch out side shoots and give the {=plant} a fertilizer with more potash
        Flowers without fruit usually lack pollination, shake the {=plant} gently at noon
        Mulch with straw, it keeps the soil moist and the slugs off the strawberry bed
        """),
      SubtopicSource(
        "home.repairs", "Home repairs", .share(86),
        """
        #ask My kitchen faucet drips all night, how do I fix it? @1
        The toilet keeps running after flushing, what part do I replace? @2
        How do I patch a hole in drywall before painting? @3
        The bathroom drain is clogged and the plunger does not help @4
        The circuit breaker trips whenever I turn on the dishwasher @5
        How do I hang a heavy shelf on a plasterboard wall? @6
        There is mould on the bathroom ceiling, how do I remove it before I paint?
        The radiator is cold at the top, how do I bleed it? @7
        My {=fixture} leaks under the sink, do I need a plumber? @8
        Which drill bit and wall plug do I need for a concrete wall? @6
        #fixture faucet | shut-off valve | shower head | dishwasher hose | drain pipe | boiler | washing machine
        #tool wrench | screwdriver | plunger | drill | caulking gun | spirit level | putty knife | pipe wrench
        #say I have a {tool} and a {tool} but never did plumbing before
        The washer in the {=fixture} looks worn and there is limescale
        I turned off the water at the shut-off valve
        Water drips from the {=fixture} every few seconds into a bucket
        The wall is plasterboard, the stud finder finds nothing
        The plumber from {company} wants {amount} just to come over
        The paint peels off around the window and the caulk is cracked
        The fuse box label says {nn} amps
        My landlord {first} {surname} says small repairs are my job
        The screw thread on the {=fixture} is stripped
        I bought a cartridge called {product} and it does not fit the {=fixture}
        #say I patched the drywall once and you still see every edge
        The cistern hisses and fills every {nn} minutes
        There is a water stain on the ceiling below the bathroom
        I turned the {=fixture} screw a quarter and now it drips more
        The breaker for the kitchen trips with kettle and dishwasher together
        The shelf weighs {nn} kilos with the books on it
        The paint bubbles above the radiator
        #next Which size of washer does the faucet need? @1
        Can I use silicone caulk instead of plumber's tape? @8
        Do I turn off the circuit breaker before I drill? @5
        How long does the filler dry before I paint? @3
        Is it dangerous if the breaker trips again? @5
        What if the {=fixture} still leaks? @8
        Should I rent a drain snake? @4
        #tell Close the shut-off valve, open the faucet with the {tool} and replace the worn washer
        A running toilet usually needs a new flapper or a lower float in the cistern
        Cut the drywall hole square, screw a patch behind it, fill, sand and paint
        Take the trap under the sink apart and clean the clog, keep a bucket below
        Unplug the dishwasher: if the circuit breaker holds, the appliance has a short
        Use a hollow wall anchor in plasterboard and check with a spirit level
        Bleed the radiator with a key until water comes, then check the boiler pressure
        Wrap plumber's tape around the thread of the {=fixture} and tighten it by hand first
        """),
      .bees,
      .organ,
    ])
}
