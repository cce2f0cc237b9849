extension TopicSource {
  static let cooking = TopicSource(
    "cooking", "Cooking",
    common: """
      #tell Taste it in the kitchen before you serve it
      #shared My kitchen in {place} is small and the oven is old
      I cook for {n} people most evenings
      The recipe is from a cookbook by {surname}, I cook from it a lot
      I have a kitchen scale, measuring cups and a good oven
      My {relation} says my cooking tastes of nothing, so please with flavour
      I love to cook but I have little time in the kitchen
      I want a recipe without fancy ingredients
      The recipe said to preheat the oven, I forgot
      I doubled the recipe, maybe that was the mistake
      It smelled delicious in the kitchen but tasted bland
      Salt, olive oil and a hot oven are all I trust
      """,
    [
      SubtopicSource(
        "cooking.sourdough", "Sourdough baking", .share(96),
        """
        #ask My sourdough starter does not rise, is it dead? @1
        My sourdough bread is dense and gummy inside, what did I do wrong? @2
        How often do I feed a sourdough starter that lives in the fridge? @1
        Can I convert a yeast bread recipe to sourdough? @5
        The crust of my sourdough loaf is too hard, how do I get it softer? @4
        How long is the bulk fermentation when the kitchen is {nn} degrees? @7
        The dough is so sticky I can't shape the loaf, is the hydration too high? @5
        I want to bake a {=grain} sourdough, how much {grain} flour can I use? @6
        My loaf does not get an ear or oven spring in the dutch oven @4
        There is grey liquid on top of my sourdough starter, can I still bake with it? @3
        #grain rye | spelt | whole wheat | einkorn | wholemeal | emmer
        #say I feed the starter with {nn} grams of {=grain} flour and the same water
        The starter doubles in {n} hours and smells like vinegar
        I did {n} stretch and folds and left the dough overnight in the proofing basket
        The hydration is {nn} percent with flour from {company}
        I bake in a dutch oven with the lid on for twenty minutes
        The crumb has big holes on top and is gummy at the bottom
        I scored the loaf with a razor but it did not open
        The dough was underproofed or overproofed, I can't tell from the poke test
        My {relation} gave me a starter called {product}
        The starter was in the fridge for {n} weeks without feeding
        I use {=grain} and a little salt, no yeast at all
        #say The loaf spread flat like a pancake when I turned it out of the proofing basket
        I mixed starter, water and {grain} flour and did an autolyse of {nn} minutes
        The crust is pale although the oven was at 230 degrees
        My starter has bubbles but never doubles
        Salt went in after the autolyse, two percent
        The discard jar in my fridge is huge by now
        The dough tore during shaping and stuck to the bench scraper
        #next Should I discard half of the starter before each feeding? @8
        Does the float test work with a rye starter? @1
        Can I proof the dough in the fridge for {nn} hours? @7
        What can I bake with the sourdough discard? @8
        How do I know that the bulk fermentation is done? @7
        Is tap water a problem for the starter? @1
        Can I freeze the sourdough loaf in slices?
        #tell Feed the starter twice a day with equal weights of flour and water until it doubles
        A gummy crumb usually means underproofed dough, give the bulk fermentation more time
        The grey liquid is hooch, stir it in or pour it off and feed the starter
        Use steam for the first twenty minutes, a dutch oven keeps the crust thin and gives oven spring
        Lower the hydration to {nn} percent until shaping the loaf feels easy
        Swap a fifth of the bread flour for {=grain}, it ferments faster
        Bulk fermentation is done when the dough has grown by half and jiggles
        Sourdough discard makes fine pancakes and crackers
        """),
      SubtopicSource(
        "cooking.mealplan", "Meal plans and vegetarian dinners", .share(100),
        """
        #ask Can you make a vegetarian meal plan for the week with a shopping list? @1
        What can I cook for dinner with {=veg}, {veg} and {=protein}? @2
        I need quick weeknight dinners that my kids will eat, no {=veg} @6
        Please suggest a high protein vegetarian lunch for meal prep @5
        How do I plan meals for the week under {nn} euros? @7
        Give me a recipe for a {=protein} curry with {=veg} @2
        What is a good substitute for {=protein} in a vegan recipe? @5
        I have leftover {=veg} and {veg}, any dinner ideas? @2
        Could you turn this meal plan into a grocery shopping list? @3
        How long does meal prep with {=protein} keep in the fridge? @4
        #veg spinach | broccoli | sweet potato | cauliflower | peppers | courgette | mushrooms | carrots
        aubergine | kale | leeks
        #protein tofu | chickpeas | lentils | black beans | tempeh | halloumi | eggs | paneer
        #say My {relation} is allergic to {=allergen}, so no {=allergen} in any meal
        We eat vegetarian except on {day}
        I have {nn} minutes to cook dinner after work
        There is rice, {protein} and a tin of tomatoes in the cupboard
        The kids hate {veg} but love pasta
        I want {nn} grams of protein per meal and fewer carbs
        I meal prep on Sunday into {n} containers
        The grocery budget is {nn} per week at {company}
        I own a slow cooker and an air fryer
        Last week we had {protein} curry {n} times, we need variety
        I bought a spice mix called {product} and want to use it
        #allergen nuts | gluten | dairy | soy | sesame | peanuts | shellfish
        #say I can't stand {veg}, everything else is fine
        My {relation} is vegan, the rest of us eat eggs and cheese
        We have a freezer full of {veg} and nobody wants it
        I need lunch boxes that survive without a microwave
        Soup twice a week is fine, with {protein} or beans
        The doctor told me to eat more iron and fibre
        Please no recipe with more than {n} ingredients
        #next Can you swap the {=veg} for {veg}? @2
        How many calories does one portion have? @7
        Can I freeze the {=protein} curry? @4
        Please add breakfast to the meal plan @1
        What about a snack for the kids without {=allergen}? @8
        Can the shopping list be sorted by aisle? @3
        Does it work with canned {=protein}? @5
        #tell Monday: {=protein} curry with {=veg} and rice, Tuesday: {veg} pasta, Wednesday: {protein} tacos
        Roast the {=veg} with olive oil and serve with {=protein} and a lemon dressing
        Shopping list: {=veg}, {veg}, {=protein}, rice, yoghurt, limes
        Cooked {=protein} keeps {n} days in the fridge, so prep it on Sunday
        Use {=protein} instead of {protein}, the portion has about {nn} grams of protein
        For a fussy eater, blend the {=veg} into the pasta sauce
        A portion of the {=protein} bowl costs about two euros
        Without {=allergen}, use tahini or seeds in the dressing
        """),
    ])
}
