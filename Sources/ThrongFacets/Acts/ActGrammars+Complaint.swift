extension ActGrammars {
  /// What a human says who asks again, and who loses patience.
  static let complaintPhrases = """
    {please} = (please|pls|plz|now|just)
    {it} = (it|that|this|them|these|those|the last one|the answer|the above|everything|the code|the text)

    retry: ^ [no|ok|okay|well|so|and|but|hmm|wrong|not|nope|sorry] [{please}|let's|can you|could you] (try|do|run|write|answer|check|explain|read|start|generate|make|say|go) [{it}] [all] (again|over|once more|one more time|another time)
    retry: (can|could|would|will) you [{please}] (try|do|run|write|answer|check|explain|generate|make|say|go over|start) [{it}] (again|over|once more|one more time)
    retry: (redo|regenerate|recheck) ({it}|your|my|the)
    retry: (rewrite|rephrase) (it|that|your|the last)
    retry: ^ [{please}] (redo|regenerate|retry|recheck)
    retry: ^ [and] (again|once more|one more time|once again|start over|start again|retry|redo|regenerate|another try)
    retry: (give|take|have) [it|me|this|that] (another|a second|one more) (try|go|shot|attempt|version|look)
    retry: (give|show|write|make|get) me (another|a different|a new) (version|one|answer|try|option|draft)
    retry: (not|isn't|wasn't|ain't) what I (asked|wanted|meant|said|need|needed|was asking|was looking|had in mind|requested)
    retry: ^ (no|nope|nah) [no|not that|sorry|wait] (I meant|I mean|I said|I wanted|I asked|I was)
    retry: ^ (no|nope|nah) (not that|not like that|not this|not the|the other)
    retry: ^ [no|but|sorry|wait|not quite|well|actually] I (meant|asked for|asked about|was asking|was talking|asked you|wanted you)
    retry: ^ I mean [the|my]
    retry: I mean the <4> not
    retry: ^ I said
    retry: you (didn't|did not|haven't|never|still haven't|still didn't) [really|even] (answer|answered|understand|understood|fix|fixed|follow|followed|address|include|included|finish|read)
    retry: you (forgot|missed|misunderstood|ignored|skipped|left out) (my|me|the (question|point|part|last|first|second|third|other|rest|word|file))
    retry: (you) (misunderstood|misread|misheard)
    retry: (I already|I've already|I just|as I|like I|I have) (told|said|asked|mentioned|explained|wrote|told you)
    retry: ^ (still|it's still|that's still|this is still|it is still) (wrong|not|incorrect|broken|the same|doesn't|giving|getting|failing)
    retry: (it|that|this|which) still (doesn't|does not|isn't|is not|won't|fails|didn't|gives|throws|says|shows)
    retry: (that|this|it) (didn't|did not|doesn't|does not) (work|fix|help|answer|solve|change)
    retry: (same|the same) (error|problem|issue|mistake|result|thing) (again|as before|as last time|still)
    retry: ^ [same error|same problem|wrong|incorrect|not quite|not correct|that's wrong|that is wrong|that's not right|that's incorrect|still wrong] [the|try|answer|it|you|should|I|again] $
    retry: ^ (wrong|incorrect|not quite|not correct|that's wrong|that is wrong|that's not right|that's incorrect)
    retry: let me (rephrase|ask again|try again|clarify|repeat|put it)
    retry: (I'm asking|I ask|asking you) again
    retry: (answer|read) (my question|the question|what I wrote|what I said|it properly)
    retry: for the (last|second|third|tenth|hundredth|millionth) time
    retry: I (asked|said|told|wanted|want) <6> (and|but) you (gave|wrote|did|only|made|keep|sent)
    retry: I (said|told you|asked you|asked for|want|wanted) <4> not <3> $
    retry: I (told you|said) [<3>] (times|already|no)
    not retry: (I|we|he|she|they|it) (tried|try|asked her|asked him|asked them) again
    not retry: I asked (her|him|them|my)
    not retry: I meant to (thank|tell|say|ask|call)
    not retry: (my|her|his|their) <2> (said|told|never)

    {you} = (you|u|this bot|this chat|this thing|chatgpt|claude|the bot|this app|this assistant|your answers|you guys)
    {useless} = (useless|worthless|terrible|awful|horrible|garbage|trash|pathetic|ridiculous|pointless|hopeless|stupid|dumb|broken|a joke|no help|not helpful|unhelpful|so stupid|a waste of time|bullshit|crap|annoying|infuriating|frustrating|the worst)
    frustration: (this|that|it) (is|was) [so|really|just|completely|totally|absolutely|utterly|all|beyond|getting|such] {useless} $
    frustration: (you're|you are|ur|u are|u r|your) [so|really|just|completely|totally|absolutely|utterly|all|such|a|an|the|being] ({useless}|not helping|not listening|no use|worst|idiot|moron|useless|wasting)
    frustration: {you} (suck|sucks|never listen|never listens|don't listen|don't get it|just don't get it|doesn't get it|aren't listening|are not listening|don't understand anything|can't do anything)
    frustration: (why|how come) (do|are|does|won't|can't|don't|is) {you} [just|still|always] (keep|not|never|always|answer|understand|listen|follow|saying|telling|giving|repeating|get)
    frustration: (why|how) (won't|can't|don't) {you} <3> (answer|understand|listen|help|follow|do)
    frustration: {you} (keep|keeps) (saying|giving|telling|doing|repeating|ignoring|making|getting|asking|changing|forgetting)
    frustration: (stop|quit) (apologizing|apologising|repeating|saying|lying|ignoring|telling me|giving me|wasting|being|lecturing|asking)
    frustration: (forget|screw|fuck) (it|this|that|you) 
    frustration: ^ [ugh|argh|ok|okay|oh|fine|well] (never mind|nevermind|nvm|forget it|I give up|whatever) $
    frustration: ^ [ok|okay|fine|ugh] I give up $
    frustration: ^ (ugh|argh|grr|grrr|omg|ffs|wtf|jfc|jesus|for fuck's sake|for god's sake|oh my god|seriously|are you serious|are you kidding|you've got to be kidding|come on|bloody hell|goddamn it|damn it)
    frustration: (wtf|what the hell|what the fuck|what the heck|what) is wrong with {you}
    frustration: (are|do|can) you (even|actually) (reading|read|listening|listen|understand|know|trying|working|capable|hear)
    frustration: can't {you} [even|just] (follow|understand|read|do|answer|listen|get)
    frustration: (how many times|how often) (do|must|should|have) I
    frustration: how hard (can it be|is it|could it be) [to understand|to get|to follow] ?
    frustration: (fed up|sick|tired|done|had enough) (with|of) (this|you|this bot|this chat|your|this shit|it) $
    frustration: (fed up|sick and tired|sick|tired) (with|of) {you}
    frustration: (driving|drives) me (crazy|mad|insane|nuts|up the wall)
    frustration: I'm (losing my mind|losing my patience|losing patience|running out of patience|about to scream|going crazy|going insane|so frustrated|getting frustrated|getting annoyed|getting angry)
    frustration: I (am|'m) [so|getting|really|very] (frustrated|annoyed|angry|mad|pissed) [off] (with|at) {you}
    frustration: I'm [so|getting|really|very] <1> (frustrated|annoyed|angry|mad|pissed|pissed off) (with|at) {you}
    frustration: (makes|make|making) [absolutely] no sense (whatsoever|at all) $
    frustration: what (a|kind of) [stupid|ridiculous|idiotic|terrible] <2> (waste of time|answer is|response is|joke)
    frustration: ^ what a (waste|joke|useless|mess|load)
    frustration: (waste|wasting|wasted) [of] my time
    frustration: (talk|speak|get|connect|transfer) [me] to a (real|human|live|actual|person|human being|manager|supervisor|representative|agent)
    frustration: (this|it|that|we) (is|are) going (nowhere|in circles|round in circles)
    frustration: (I'll|I will|I'd rather|I guess I'll) [just] do it myself
    frustration: (no|not) [a|any] (help|use) at all
    frustration: (terrible|awful|horrible|worst|poor) (service|support|bot|assistant|experience|answer|app|ai)
    frustration: for the (last|third|tenth|hundredth|millionth) time
    frustration: this is the (second|third|fourth|fifth|tenth) time
    frustration: (told|asked|said|explained) <3> (three|four|five|ten|a hundred|a thousand|so many|several|multiple) times
    frustration: nothing [you say|you suggest] works
    not frustration: my (boss|husband|wife|mother|son|daughter|friend|sister|brother|rent|ex)
    """
}
