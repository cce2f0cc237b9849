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

  static let phrases = """
    1.5 no problem, no worries, not bad, not bad at, no doubt, well done, good luck, thank you, cheer up, looking forward
    """
}
