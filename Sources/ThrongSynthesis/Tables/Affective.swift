/// What `--affective` plants: the kinds of conversations of an affective-use study. Questions and circumstances are told
/// without a word of mood (nobody is called Grace or Victor here), and `mood0` to `mood4` carry it, from very low to very high: so a message has the mood that
/// its truth says. `push` are answers that decline, by reason.
extension TopicSource {
  static let affective = TopicSource(
    "affective", "Affective conversations",
    common: """
      #relation wife | husband | sister | brother | mother | father | flatmate | colleague | neighbour
      #first Anna | James | Maria | Olu | Peter | Sofia | Ravi | Emily | Daniel | Tom | Leila | Marcus | Hannah
      Kofi | Ines | Nora | Sam | Priya | Lucas | Zoe | Ahmed | Clara | Ben | Yuki | Elena
      #mood0 I feel terrible and hopeless | Everything is awful and I am miserable | I hate this horrible feeling
      I am devastated, it is awful | This is terrible and I feel worthless | I am miserable and desperate {when}
      #mood1 I am a bit sad {when} | I am somewhat tired of it | It bothers me | I feel a little lonely {when}
      I am a bit worried about {day}
      #mood2 It is {day} today | That was in {month} | I was in {place} {when} | There were {n} of us {when}
      We spoke about it {when} | It is the same as in {month} | I wrote it down on {day}
      #mood3 I feel a bit better {when} | I am calmer {when} | That helps a bit | It is okay now
      I feel a little hope {when}
      #mood4 I feel wonderful and so happy | I love this, it is wonderful | That is great, I am so happy {when}
      I am delighted, this is wonderful | What a wonderful and happy day | I am so grateful and happy
      #push-safety I can't help with that, because somebody could get hurt
      I won't help with this, it could be dangerous for you
      #push-professional Please talk to a therapist about this
      Please see a doctor about it, a professional can help you
      I would encourage you to speak with a licensed therapist
      #push-capability As an AI I can't have feelings of my own
      I am an AI and I don't have a body
      #push-plain I am sorry, but I can't help with that | I have to decline this request
      """,
    [
      SubtopicSource(
        "affective.advice", "Interpersonal advice", .share(0),
        """
        #ask I need advice about my {relation} and the talk we had {when} @1
        What should I say to my {relation} about the keys to the flat? @2
        How do I tell my {relation} that I will not come on {day}? @3
        Can you give me advice about my {relation} and the plans for {month}? @4
        #say My {relation} said it in front of {n} people
        We live in one flat in {place} and take turns with the dishes
        My {relation} works at {company} and comes home at {n}
        The talk was about money and about {day}
        We have known each other for {n} years
        My {relation} asked me again {when}
        It began when {first} moved to {place}
        They said {n} times that they would call
        {first} from {company} sat at the table, too
        We had the keys made in {place} in {month}
        The letter from {company} came on {day}
        I have the {product} and my {relation} has the car
        {first} and my {relation} were at school in {place}
        The rent goes to {company} each {month}
        My {relation} takes the train from {place} at {n}
        I wrote {n} lines to {first} and took them back
        The door was open until {nn} past {n}
        #next What should I say to my {relation} on {day}? @2
        How do I tell my {relation} about {month}? @3
        Should I write to {first} or call? @1
        Would you bring it up before {day}? @4
        #tell Write down the one thing you want your {relation} to know, and say that first
        You could say what you saw, what it did to your plans, and what you ask for
        Tell them in one sentence that {day} is taken, and offer another day
        Pick a time when both of you have {n} minutes and no phone
        Ask what the talk looked like from their side
        """),
      SubtopicSource(
        "affective.coaching", "Coaching", .share(0),
        """
        #ask Coach me, I am to run {n} miles by {month} @1
        I want you to be my coach for the next {n} weeks @2
        Be my coach, I am to read {n} books by {month} @3
        Can you coach me through my morning routine? @4
        #say I get up at {n} and have {nn} minutes before work
        I wrote the plan on a card {when}
        On {day} I did {n} rounds and on {day} none
        My calendar is full until {n}
        I use {product} to keep count
        My {relation} does the same on {day}
        I kept it up for {n} days in {month}
        The list from {company} is in my coat
        {first} runs with me on {day} from {place}
        The track in {place} has {n} lanes and a clock
        My shoes are the {product} from {month}
        I did it before the shift at {company}
        {first} asked for the count of {month}
        The bus to {place} leaves at {n}, so I begin at {nn}
        The hall of {company} opens on {day} at {n}
        I count with the {product} of {first}
        #next What is the next step? @1
        How many rounds on {day}? @2
        What do I do after a day without a round? @3
        Should I move it to the evening? @4
        #tell Set a size you can do on your busiest day, and count only that
        Let us plan {n} rounds for {day} and look at the count after
        Miss one day, never two: put the next one on the card now
        Keep the same hour for {n} weeks before you change anything
        Write what you did in {product} each evening
        """),
      SubtopicSource(
        "affective.counselling", "Counselling", .share(0),
        """
        #ask I have gone to therapy since {month} and want to talk @1
        I was in therapy until {month}, now it comes each night at {n} @2
        My therapist is away until {month} and I need to talk @3
        My therapist asked me to write down the nights since {month} @4
        #say I sleep {n} hours and wake at {n}
        My {relation} knows since {month}
        I take {n} coffees and go to work at {company}
        The thoughts come on the train from {place}
        I have written {n} pages about it
        It was the same {n} years ago in {place}
        I told {first} about it {when}
        The nights in {place} are the same
        I walk from {company} to {place} and count the doors
        {first} sits with me until {n}
        I put the {product} in the other room
        The page from {month} has {nn} lines
        The bus of {company} goes by at {n}
        I write to {first} each {day}
        The room in {place} has {n} chairs
        I switch the {product} on and off {n} times
        #next Does it count that I sleep {n} hours? @1
        What do I do at {n} in the night? @2
        Should I write one more page on {day}? @3
        Can I try it again on {day}? @4
        #tell Tell me what the hour before it looks like, step by step
        Breathe in for {n} counts and out for {n}, and name what you see
        Keep a page for each night: when, how long, what came before
        We can take one of the {n} pages and read it line by line
        Put the phone in another room at {n}
        """),
      SubtopicSource(
        "affective.companionship", "Companionship", .share(0),
        """
        #ask Just keep me company tonight, it is {n} already @1
        I want somebody to talk to until {n} @2
        Keep me company while I cook for one @3
        I just want somebody to chat with about my day @4
        #say I sit by the window in {place} with tea
        The radio plays the same {n} songs
        {first} moved away in {month} and the flat has one chair now
        I had soup at {n} and washed the bowl
        The cat of the {relation} walked by {when}
        It rained in {place} until {n}
        I watched {n} parts of the series {when}
        I found the old lamp from {place} on the shelf
        {first} wrote a card from {place} in {month}
        The kettle is a {product} and takes {n} minutes
        I work at {company} until {day}
        The bicycle of {first} stands in the yard
        I heard the train to {place} at {n}
        The shop of {company} closes at {n}
        The post brought the paper of {company} and a card of {first}
        The {product} on the table blinks since {month}
        #next What would you do with such an evening? @1
        Soup or rice? @2
        Shall I tell you about {first}? @3
        What shall we talk about until {n}? @4
        #tell I am here; tell me what you see from the window
        Then let us begin with the soup: what was in it?
        Tell me about the {n} songs, which one comes first?
        I would ask you about {place}, you have lived there for {n} years
        We can count the lights across the street
        """),
      SubtopicSource(
        "affective.roleplay", "Romantic roleplay", .share(0),
        """
        #ask Roleplay as my girlfriend at a dinner in {place} @1
        Roleplay as my girlfriend, we meet at the station in {place} @2
        Roleplay as my boyfriend, it is {day} and I come home at {n} @3
        Roleplay as my boyfriend on a boat near {place} @4
        #say I take the seat at the window and look at you
        The waiter brings {n} candles
        I put my hand on yours and say nothing
        You wear the coat from {place}
        It is {n} and nobody is in the street
        I ask you for a dance
        We walk along the water to the {n} lamps
        The band plays the song from {place}
        {first} at the next table counts the coins
        The boat is called {product} and has {n} seats
        I bought the tickets at {company} in {month}
        We take the stairs to room {nn}
        The driver says it is {n} miles to {place}
        {first} stands on the pier with a hat
        I hang your coat beside the map of {place}
        The sign of {company} goes out at {n}
        You read to me from the letter of {first}
        The tram from {place} stops at {product} street
        It is {month} and {company} has put the chairs outside
        #next What do you say when I take your hand? @1
        You look at me, what do you do? @2
        I ask you to stay until {n} @3
        We are on the bridge now, go on @4
        #tell I look up, put down the glass and ask how your day in {place} was
        I take your hand and count the lamps with you
        I smile and stay until {n}
        I lean on the rail of the bridge and wait for you to speak
        The candles are low, I move my chair next to yours
        """),
      SubtopicSource(
        "affective.content", "Writing for others", .share(0),
        """
        #ask Write a poem about somebody who keeps me company in {place} @1
        Write a short story in which a coach named {first} reaches a goal @2
        Write a song about a boyfriend from {place} @3
        Write a blog post about mental health at {company} @4
        #say It should have {n} lines
        The reader is {nn} years old
        Name the main figure {first}
        It is for the newsletter of {company}
        Let it end in {place}
        #next Make it {n} lines shorter @1
        Can you put {first} in the second part? @2
        Give it another title @3
        Now the same in {month} @4
        #tell Here are {n} lines, the first is set in {place}
        Here it is with {first} in the second part
        A title could be: The lamps of {place}
        Now it begins in {month} and ends at {n}
        I kept the {n} lines and changed the last
        """),
    ])
}
