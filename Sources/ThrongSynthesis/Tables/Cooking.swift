extension TopicSource {
  static let cooking = TopicSource(
    "cooking", "Cooking",
    common: """
      #say My kitchen in {place} is small and the oven is old
      I cook for {n} people most evenings
      #tell Taste it in the kitchen before you serve it
      """,
    [
      SubtopicSource(
        "cooking.sourdough", "Sourdough baking", .share(118),
        """
        #ask My sourdough starter does not rise, is it dead?
        My sourdough bread is dense and gummy inside, what did I do wrong?
        How often do I feed a sourdough starter that lives in the fridge?
        Can I convert a yeast bread recipe to sourdough?
        The crust of my sourdough loaf is too hard, how do I get it softer?
        How long is the bulk fermentation when the kitchen is {nn} degrees?
        The dough is so sticky I can't shape the loaf, is the hydration too high?
        I want to bake a {grain} sourdough, how much {grain} flour can I use?
        My loaf does not get an ear or oven spring in the dutch oven
        There is grey liquid on top of my sourdough starter, can I still bake with it?
        #grain rye | spelt | whole wheat | einkorn | wholemeal | bread flour
        #say I feed the starter with {nn} grams of {grain} flour and the same water
        The starter doubles in {n} hours and smells like vinegar
        I did {n} stretch and folds and left the dough overnight in the proofing basket
        The hydration is {nn} percent with flour from {company}
        I bake in a dutch oven with the lid on for twenty minutes
        The crumb has big holes on top and is gummy at the bottom
        I scored the loaf with a razor but it did not open
        The dough was underproofed or overproofed, I can't tell from the poke test
        My {relation} gave me a starter called {product}
        The starter was in the fridge for {n} weeks without feeding
        I use {grain} and a little salt, no yeast at all
        #next Should I discard half of the starter before each feeding?
        Does the float test work with a rye starter?
        Can I proof the dough in the fridge for {nn} hours?
        What can I bake with the sourdough discard?
        How do I know that the bulk fermentation is done?
        Is tap water a problem for the starter?
        Can I freeze the sourdough loaf in slices?
        #tell Feed the starter twice a day with equal weights of flour and water until it doubles
        A gummy crumb usually means underproofed dough, give the bulk fermentation more time
        The grey liquid is hooch, stir it in or pour it off and feed the starter
        Use steam for the first twenty minutes, a dutch oven keeps the crust thin and gives oven spring
        Lower the hydration to {nn} percent until shaping the loaf feels easy
        Swap a fifth of the bread flour for {grain}, it ferments faster
        Bulk fermentation is done when the dough has grown by half and jiggles
        Sourdough discard makes fine pancakes and crackers
        """),
      SubtopicSource(
        "cooking.mealplan", "Meal plans and vegetarian dinners", .share(142),
        """
        #ask Can you make a vegetarian meal plan for the week with a shopping list?
        What can I cook for dinner with {veg}, {veg} and {protein}?
        I need quick weeknight dinners that my kids will eat, no {veg}
        Please suggest a high protein vegetarian lunch for meal prep
        How do I plan meals for the week under {nn} euros?
        Give me a recipe for a {protein} curry with {veg}
        What is a good substitute for {protein} in a vegan recipe?
        I have leftover {veg} and {veg}, any dinner ideas?
        Could you turn this meal plan into a grocery shopping list?
        How long does meal prep with {protein} keep in the fridge?
        #veg spinach | broccoli | sweet potato | cauliflower | peppers | courgette | mushrooms | carrots
        aubergine | kale | leeks
        #protein tofu | chickpeas | lentils | black beans | tempeh | halloumi | eggs | paneer
        #say My {relation} is allergic to {allergen}, so no {allergen} in any meal
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
        #next Can you swap the {veg} for {veg}?
        How many calories does one portion have?
        Can I freeze the {protein} curry?
        Please add breakfast to the meal plan
        What about a snack for the kids without {allergen}?
        Can the shopping list be sorted by aisle?
        Does it work with canned {protein}?
        #tell Monday: {protein} curry with {veg} and rice, Tuesday: {veg} pasta, Wednesday: {protein} tacos
        Roast the {veg} with olive oil and serve with {protein} and a lemon dressing
        Shopping list: {veg}, {veg}, {protein}, rice, yoghurt, limes
        Cooked {protein} keeps {n} days in the fridge, so prep it on Sunday
        Use {protein} instead of {protein}, the portion has about {nn} grams of protein
        For a fussy eater, blend the {veg} into the pasta sauce
        A portion of the {protein} bowl costs about two euros
        Without {allergen}, use tahini or seeds in the dressing
        """),
    ])
}
