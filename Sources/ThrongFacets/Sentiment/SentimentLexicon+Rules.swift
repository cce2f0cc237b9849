extension SentimentLexicon {
  /// What they add to the size of a valence within three words behind them.
  static let boosters = """
    1.0 absolutely extremely incredibly insanely unbelievably utterly totally completely immensely exceptionally supremely
    0.8 very really so too truly deeply highly super remarkably thoroughly wildly enormously hugely intensely damn fucking freaking
    0.8 especially particularly profoundly entirely amazingly awfully terribly such most overwhelmingly
    0.5 quite more pretty greatly strongly much even far genuinely seriously majorly well certainly definitely always
    -0.5 fairly rather relatively mostly mildly moderately somewhat reasonably partly less nearly almost
    -0.8 slightly kinda sorta little bit barely hardly scarcely marginally occasionally sometimes
    """

  static let negators = """
    not no never none nobody nothing nowhere neither nor without cannot cant can't don't dont doesn't doesnt didn't didnt won't \
    wont wouldn't wouldnt couldn't couldnt shouldn't shouldnt isn't isnt aren't arent wasn't wasnt weren't werent hasn't hasnt \
    haven't havent hadn't hadnt ain't aint mustn't needn't nary lacks lacking lacked lack hardly barely scarcely rarely seldom fails
    """

  static let contrasts = "but however yet although though nevertheless nonetheless"

  static let emoticons: [(Emoticon, Float)] = [
    (.smile, 1.8), (.grin, 2.2), (.wink, 1.2), (.frown, -1.8), (.cry, -2.2), (.tongue, 1.0), (.unsure, -0.8),
    (.surprise, 0.2), (.kiss, 2.0), (.heart, 2.6), (.brokenHeart, -2.6),
  ]

  static let emoji = """
    3.0 😍 🥰 🤩 💖 💕 💗 💞 🥳 🎉 😻
    2.5 ❤ 💙 💚 💛 💜 🧡 🖤 🤍 😁 😄 😃 😀 😊 🤗 😘 💯 🏆 👏 🎊 💓 💝
    1.8 🙂 ☺ 😇 😋 😎 👍 🙌 ✨ 🌟 ⭐ 🔥 😂 🤣 😆 💪 🙏 🌈 🌹 🤝 😺 😸 💐
    1.0 😉 😜 😝 😛 😌 👌 😅 ✅ 🌞 🌻 🎁 🍀
    -0.8 😐 😑 😬 🙄 😕 🤨 🤔 😒 😶 🥱
    -1.8 🙁 ☹ 😟 😞 😔 😣 😖 😓 👎 😥 😰 😨 😩 😫 🤒 🤕 💀 🥺
    -2.5 😢 😭 😠 😤 😡 🤬 💔 😱 🤢 🤮 😿 🖕 👿
    """

  /// Idioms of two or three words, whose words by themselves say something else.
  static let phrases = """
    2.8 top notch, second to none, on cloud nine, over the moon, tour de force, must see, work of art, hits the spot
    2.4 well done, worth watching, worth seeing, worth every, well worth, can't wait, cannot wait, blown away, blew me away, \
    first rate, high five, hats off, good job, great job, big fan, feel good, a hit, stands out, laugh out loud, made my day
    2.0 thank you, thank god, good luck, well written, well acted, well crafted, well made, highly recommend, so glad, \
    right on, spot on, on point, pays off, paid off, lives up to, hands down, one of kind, looking forward, look forward, \
    at peace, good news, feel better, feels better, felt better, worth it, love it, like it, light hearted, warm hearted
    1.4 no problem, no worries, no complaints, not bad, no doubt, without doubt, no regrets, cheer up, fair enough, \
    never boring, never dull, never disappoints, eye opening, thought provoking, down to earth, good at, peace of mind, sounds good
    -3.0 piece of shit, waste of time, waste of money, train wreck, dumpster fire, drives me crazy, driving me crazy, pissed off, \
    fed up, sick of, tired of, piss off, fuck off, fuck you, screw you, kill myself, end my life, want to die, fuck this
    -2.4 burned out, burnt out, let down, lets down, ripped off, rip off, falls flat, fell flat, fall flat, falls apart, \
    fell apart, falling apart, break up, broke up, broken heart, no good, no fun, no hope, no point, no use, too long, too bad, \
    half baked, run down, going nowhere, goes nowhere, went wrong, goes wrong, gone wrong, loses steam, cut corners, cannot stand, \
    can't stand, can't believe, second rate, third rate, long winded, heavy handed, ham fisted, cookie cutter, run of mill, \
    watered down, self pity, self indulgent, mean spirited, ill conceived, ill advised, red flag, red flags, makes no sense, \
    make no sense, made no sense, at each other's, in vain, out of control, in trouble, hard time, miss you, breaks my heart
    -1.6 so called, by the numbers, paint by numbers, short of, far from, nothing new, nothing special, at risk, in danger, \
    not enough, too much, too many, too little, not worth, no longer, could have been, should have been, would have been, \
    supposed to be, tries too hard, try too hard, mixed bag, at best, at odds, fall short, falls short, fell short, running out, \
    ran out, stressed out, freak out, freaked out, freaking out, feel bad, feels bad, felt bad, worn out, left out, cut off
    """
}
