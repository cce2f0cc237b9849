extension TopicSource {
  static let wellbeing = TopicSource(
    "wellbeing", "Wellbeing",
    common: """
      #say I don't really know who else to talk to about my feelings
      My {relation} says I should just get over it, that hurts
      #tell What you feel makes sense, and it is good that you put it into words
      If these feelings get too heavy, please also talk to a doctor or somebody you trust
      """,
    [
      SubtopicSource(
        "wellbeing.stress", "Stress, burnout and sleep", .share(148), heavyShare: 0.05,
        """
        #ask I feel overwhelmed by work and can't switch off in the evening
        How do I know if this is burnout or just stress?
        I can't fall asleep because my thoughts are racing, what helps?
        I had a panic attack {when} and I am scared of the next one
        Can you teach me a breathing exercise for anxiety?
        I wake up at {n} in the night and worry about deadlines until morning
        I am exhausted all the time and even small tasks feel like too much
        How do I set boundaries at work without feeling guilty?
        Could you help me build an evening routine for better sleep?
        My anxiety is worst on Sunday evening before the work week, how can I calm down?
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
        #next How often should I do the breathing exercise?
        Is it normal that {symptom} gets worse at night?
        What do I tell my boss about the workload?
        Does journaling before bed help with racing thoughts?
        How long does it take to recover from burnout?
        What can I do when a panic attack starts on the train?
        Can exercise replace the meditation?
        #tell Breathe in for four counts, hold for four, breathe out for six, and repeat for two minutes
        Burnout is exhaustion that rest no longer repairs, stress usually eases after a break
        Put the phone outside the bedroom and write tomorrow's to-do list before you switch off
        A panic attack peaks within ten minutes, name five things you see to ground yourself
        One boundary to begin with: no work e-mail after seven
        Get up if you can't sleep after twenty minutes, read something dull under a dim lamp
        Small steps: a walk at lunch, less caffeine after noon, the same bedtime every night
        It may help to note when {symptom} appears and what happened before
        """),
      SubtopicSource(
        "wellbeing.breakup", "Breakups and relationships", .share(96),
        """
        #ask My {partner} broke up with me {when} and I can't stop crying
        How do I get over a breakup when we still live together?
        Should I text my ex or stick to no contact?
        My {partner} and I argue about the same thing every week, how do we stop?
        I found out that my {partner} cheated on me, what now?
        How do I tell my {partner} that I want to break up without hurting them?
        I am so lonely since the breakup, does it get better?
        My ex is already dating someone new and I feel jealous
        How can I trust again after my {partner} lied to me?
        We are in a long distance relationship and drifting apart, any advice?
        #partner boyfriend | girlfriend | fiancé | husband | wife | partner
        #say We were together for {n} years and had moved in together in {place}
        I still check the ex's profile every night
        Our mutual friends invite both of us to the wedding in {month}
        My {partner} says I am too jealous and need too much
        I wrote a long text to my ex and have not sent it
        We have tried couples therapy with {first} {surname} and it did not last
        I miss the little things, the cooking together, the silly jokes
        After the argument we do not talk for days
        The breakup came out of nowhere, over the phone
        They want to stay friends but I am still in love
        I took my things from the flat and gave the ring back
        #next Is no contact childish?
        What do I say if I run into my ex?
        Should we take a break or break up for good?
        How do I stop being jealous of the new girlfriend?
        Can a relationship survive after cheating?
        When is it too early to start dating again?
        How do I talk about it without starting another argument?
        #tell Heartbreak takes time, crying over a breakup is no weakness
        No contact for a month gives your heart room, muting your ex is allowed
        In an argument, say what you need instead of what your {partner} did wrong
        Trust after cheating grows from honest answers over months, not from promises
        You can be lonely and still be right to break up
        Plan something small with friends on the evenings when you miss your ex most
        A break needs rules: how long, whether you date, when you talk
        Jealousy often hides a fear of being replaced, try to tell your {partner} that
        """),
    ])
}
