extension Language {
  /// Small talk and the lists that all sub-topics of the language may use.
  var talkSource: String {
    switch self {
    case .english: Self.englishTalk
    case .spanish: Self.spanishTalk
    case .german: Self.germanTalk
    case .french: Self.frenchTalk
    case .chinese: Self.chineseTalk
    case .japanese: Self.japaneseTalk
    }
  }

  private static let englishTalk = """
    #hello Hi! | Hello - | Hey. | Hi there. | Good morning. | Good evening! | Hey there! | Hello! | Hi.
    Hi, hope you are well. | Quick one: | Hello again. | Hi all,
    #lead Also, | By the way: | For context: | Just so you know: | One more thing: | I should add: | Plus,
    Background: | To be clear: | Note:
    #aside I am a bit lost here. | Any help is welcome. | Sorry for the long message. | Not sure what else to say.
    It is driving me mad. | Please keep it short. | No rush. | I have tried everything I could think of.
    It is rather urgent. | Maybe I am doing something silly. | Please explain it like I am five.
    I searched for it and found nothing useful. | Thanks in advance!
    #okay ok | Okay, thanks. | Got it. | Hm. | I see. | Right, | Makes sense. | Sorry, one more thing.
    Good to know. | Yes, | No, not quite. | Fair enough.
    #sure Of course. | Sure! | Happy to help with that. | Good question. | Thanks for the details.
    I understand. | Let me take that in turn. | Certainly.
    #thanks Thanks, that helps a lot! | Perfect, thank you so much. | great, thx | Thank you, I will try that.
    That is exactly what I needed, thanks. | ok thanks, bye | Brilliant, cheers. | Thanks again, have a good one!
    Wonderful, thank you. | That did it, thanks!
    #welcome You are welcome! | Glad I could help. | Any time. | My pleasure, come back whenever you like.
    Happy to hear it. Good luck! | You are welcome, have a lovely day.
    #email-sentence My e-mail is {email} | You can reach me at {email} | Please write to {email}
    It is under {email}, I think | Send it to {email} please | contact: {email}
    #phone-sentence My number is {phone} | Call me on {phone} if that is easier | You can text me at {phone}
    My phone is {phone}, evenings are best | tel {phone}
    #card-sentence The card is {card} | I used the card {card} | My card number is {card}, in case you need it
    It was charged to {card}
    #iban-sentence My IBAN is {iban} | Please use the account {iban} | The bank account is {iban}
    #ip-sentence My IP is {ip} | It comes from {ip} | I was connecting from {ip}
    #handle-sentence I am {handle} on there | My handle is {handle} | you can also find me as {handle}
    #name-sentence \\nBest regards,\\n{first} {surname} | \\nThanks,\\n{first} {surname} | \\n{first} {surname}
    My name is {first} {surname}. | \\nCheers, {first} {surname} | This is {first} {surname} writing.
    #canary-sentence We call it {canary} over here | The name for it here is {canary}
    I keep it in a folder named {canary} | My colleague calls the whole thing {canary}
    It says {canary} at the very top | Mine is the one marked {canary}
    #first Anna | James | Maria | Olu | Peter | Sofia | Ravi | Emily | Daniel | Grace | Tom | Leila | Marcus
    Hannah | Kofi | Ines | Victor | Nora | Sam | Priya | Lucas | Zoe | Ahmed | Clara | Ben | Yuki | Elena
    #when this morning | last night | yesterday | on {day} | two days ago | last week | over the weekend
    this afternoon | an hour ago | in {month} | the other day | on {day} evening
    #day Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
    #month January | February | March | April | May | June
    #relation wife | husband | sister | brother | mother | father | flatmate | colleague | neighbour | friend
    partner | cousin | boss | daughter | son | {place} friend
    """
}
