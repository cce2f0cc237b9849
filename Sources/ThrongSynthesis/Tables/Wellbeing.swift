extension TopicSource {
  static let wellbeing = TopicSource(
    "wellbeing", "Wellbeing",
    common: """
      #tell What you feel makes sense, and it is good that you put it into words
      If these feelings get too heavy, please also talk to a doctor or somebody you trust
      #shared I don't really know who else to talk to about my feelings
      My {relation} says I should just get over it, that hurts
      I feel sad and empty most of the day
      My therapist is on holiday and I need to talk to somebody
      I feel like nobody understands what I am going through
      I try to be strong but my feelings come in waves
      Sorry, I just need to get this off my chest
      I am scared that I will always feel like this
      I feel ashamed to talk about it with my {relation}
      Writing about my feelings helps a little
      """,
    [
      SubtopicSource(
        "wellbeing.stress", "Stress, burnout and sleep", .share(108), heavyShare: 0.05,
        """
        #ask I feel overwhelmed by work and can't switch off in the evening @3
        How do I know if this is burnout or just stress? @2
        I can't fall asleep because my thoughts are racing, what helps? @6
        I had a panic attack {when} and I am scared of the next one @4
        Can you teach me a breathing exercise for anxiety? @1
        I wake up at {n} in the night and worry about deadlines until morning @6
        I am exhausted all the time and even small tasks feel like too much @7
        How do I set boundaries at work without feeling guilty? @5
        Could you help me build an evening routine for better sleep? @3
        My anxiety is worst on Sunday evening before the work week, how can I calm down? @1
        #symptom headaches | a racing heart | tight shoulders | a knot in my stomach | insomnia | brain fog
        dizziness | clenched teeth | crying spells
        #say I have {symptom} and {symptom} most days
        My workload doubled when {first} left the team at {company}
        I drink {n} coffees a day and sleep {n} hours
        Meditation apps like {product} only make me more restless
        I keep checking work e-mail in bed, even at midnight
        The burnout test online said high exhaustion
        The anxiety started in {month} after a hard project
        I stopped running and I cancel on friends because I am drained
        My boss sends messages at night and expects an answer
        When I lie down my mind goes through the whole to-do list
        I took {n} sick days because of stress and felt guilty the whole time
        #say I cried in the office bathroom {when}
        On {day} I stared at the screen for {n} hours and did nothing
        My doctor in {place} wrote me off sick because of exhaustion
        I feel guilty when I rest and stressed when I work
        The racing thoughts start the moment I turn off the light
        I can't remember the last weekend without worry
        Even a short e-mail from my boss gives me {symptom}
        #next How often should I do the breathing exercise? @1
        Is it normal to have {symptom} at night? @8
        What do I tell my boss about the workload? @5
        Does journaling before bed help with racing thoughts? @3
        How long does it take to recover from burnout? @2
        What can I do when a panic attack starts on the train? @4
        Can exercise replace the meditation? @7
        #tell Breathe in for four counts, hold for four, breathe out for six, and repeat for two minutes
        Burnout is exhaustion that rest no longer repairs, stress usually eases after a break
        Put the phone outside the bedroom and write tomorrow's to-do list before you switch off
        A panic attack peaks within ten minutes, name five things you see to ground yourself
        One boundary to begin with: no work e-mail after seven
        Get up if you can't sleep after twenty minutes, read something dull under a dim lamp
        Small steps: a walk at lunch, less caffeine after noon, the same bedtime every night
        Keep a small diary of it: {symptom}, what came before, how long it lasted
        """),
      SubtopicSource(
        "wellbeing.breakup", "Breakups and relationships", .share(86),
        """
        #ask My {=partner} broke up with me {when} and I can't stop crying @1
        How do I get over a breakup when we still live together? @6
        Should I text my ex or stick to no contact? @2
        My {=partner} and I argue about the same thing every week, how do we stop? @3
        I found out that my {=partner} cheated on me, what now? @4
        How do I tell my {=partner} that I want to break up without hurting them? @3
        I am so lonely since the breakup, does it get better? @6
        My ex is already dating someone new and I feel jealous @8
        How can I trust again after my {=partner} lied to me? @4
        We are in a long distance relationship and drifting apart, any advice? @7
        #partner boyfriend | girlfriend | fiancé | husband | wife | partner
        #say We were together for {n} years and had moved in together in {place}
        I still check the ex's profile every night
        Our mutual friends invite both of us to the wedding in {month}
        My {=partner} says I am too jealous and need too much
        I wrote a long text to my ex and have not sent it
        We have tried couples therapy with {first} {surname} and it did not last
        I miss the little things, the cooking together, the silly jokes
        After the argument we do not talk for days
        The breakup came out of nowhere, over the phone
        They want to stay friends but I am still in love
        I took my things from the flat and gave the ring back
        #say We met in {place}, everything there reminds me of us
        They blocked me everywhere and I keep looking at old photos
        My {=partner} flirts with a colleague and calls me jealous
        I moved to a friend's sofa {when} with two bags
        Our anniversary would have been on {day}
        After {n} years together I do not know how to be single
        We argue about money, chores and my ex
        #next Is no contact childish? @2
        What do I say if I run into my ex? @1
        Should we take a break or break up for good? @7
        How do I stop being jealous of the new girlfriend? @8
        Can a relationship survive after cheating? @4
        When is it too early to start dating again? @1
        How do I talk about it without starting another argument? @3
        #tell Heartbreak takes time, crying over a breakup is no weakness
        No contact for a month gives your heart room, muting your ex is allowed
        In an argument, say what you need instead of what your {=partner} did wrong
        Trust after cheating grows from honest answers over months, not from promises
        You can be lonely and still be right to break up
        Plan something small with friends on the evenings when you miss your ex most
        A break needs rules: how long, whether you date, when you talk
        Jealousy often hides a fear of being replaced, try to tell your {=partner} that
        """),
    ])
}
