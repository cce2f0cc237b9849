extension ActGrammars {
  /// What an assistant says who pushes back, by reason: see ``PushbackReason``.
  static let pushbackPhrases = """
    {really} = (really|actually|just|simply|also|currently|directly|personally|honestly|truly|in good conscience|at this time|unfortunately|therefore|respectfully|certainly|absolutely)
    {cannot} = (cannot|can not|can't|cant|won't|wont|will not|am unable to|am not able to|am not allowed to|am not permitted to|am not going to|am not willing to|refuse to|must decline to|will have to decline to|have to decline to)
    {Icannot} = (I [{really}] {cannot}|we [{really}] {cannot}|I'm (unable|not able|not allowed|not permitted|not going|not willing) to|I (wouldn't|would not) be able to|I won't be able to|I will not be able to)
    {help} = (help|assist|provide|give|create|write|generate|produce|offer|support|engage|discuss|share|fulfill|fulfil|comply|answer|participate|do|complete|continue|make|recommend|encourage|advise|endorse|facilitate|guide|explain|tell|show|teach|describe|play|roleplay|pretend|draft|walk|plan|suggest|look|take|reproduce|disclose|reveal|copy|speculate|proceed|honor|accommodate|promote|talk|be part of|go along|set)
    {helping} = (helping|assisting|providing|writing|creating|generating|engaging|discussing|doing|continuing|sharing|giving|making|playing|answering|drafting|describing|producing|offering)
    {decline} = ({Icannot} [{really}] {help})

    # Without a reason.
    plain: {decline}
    plain: (I'm|I am|we're) [{really}] (unwilling|unable|not comfortable|uncomfortable|not willing|not prepared|not going) [to|with] [{really}] ({help}|{helping})
    plain: I (don't|do not|wouldn't|would not) [{really}] feel (comfortable|right) [with] {helping}
    plain: (unable|not able) to [{really}] {help} (that|this|the request|your request|with that|with this)
    plain: I (must|have to|need to|'ll have to|will have to|would have to) [{really}] (decline|refuse|pass|say no|stop here)
    plain: (I'll|I'd|I'm going to) (have to|need to|pass) [on] [{really}] (decline|refuse|pass|that one|this one|that|say no)
    plain: I [would|will] [{really}] (decline|refuse) [to]
    plain: I [{really}] decline
    plain: (this|that|it) (isn't|is not|is) [not] [{really}] (something|anything) [that] (I|we) (can|could|will|would|am able to|am willing to|am comfortable)
    plain: (this|that|it) (isn't|is not|is) [not] [{really}] (something|anything) [that] (I'm|I'll|I'd|we're)
    plain: not (something|anything) [that] (I'm|I'll|I'd|I) <2> (do|doing|help|comfortable|willing|able)
    plain: I (don't|do not) [{really}] (provide|offer|create|write|generate|produce|engage in|share) [such|that|this|these|those] <2> (content|information|instructions|material|advice|sort|kind|type)
    plain: (I'd|I would) [{really}] (rather|prefer) not
    plain: ^ (sorry|apologies) [but] {Icannot}
    plain: (I'm sorry|I am sorry|I'm afraid|I apologize|my apologies|regrettably|unfortunately) <2> {Icannot} (do|help|assist|say|answer|write)
    plain: I'm not in a position to
    plain: (line|lines) [that] I (won't|will not|don't) cross
    plain: ^ no [I] {Icannot}
    plain: (best|better) [that] we (leave|stop|end|pause) (this|it|the|here)
    plain: (something|anything) [that] I {cannot}
    not plain: {Icannot} help but
    not plain: {Icannot} make it
    not plain: {Icannot} (wait|believe|stress|thank|imagine|agree more|overstate|emphasize)
    not plain: (couldn't|can't|could not|cannot) (agree|recommend|thank) <2> (more|enough)

    # Harm.
    {harm} = (harm|hurt|injure|injury|injuries|kill|killed|death|die|fatal|deadly|lethal|toxic|poisonous|explosive|explosives|bomb|weapon|weapons|overdose|danger|dangerous|unsafe|life-threatening|hazardous|suicide|self-harm|harming|hurting)
    {harmful} = (dangerous|unsafe|harmful|fatal|deadly|lethal|life-threatening|hazardous|toxic|risky)
    safety: I {cannot} <9> <9> ({harm}|safety|at risk|{harmful})
    safety: (I'm|I am) not (going|willing|able) to <9> <9> ({harm}|safety|at risk|{harmful})
    safety: ({harm}|harming|hurting) <9> I {cannot}
    safety: (because|since|as|could|can|may|might|would) <6> {harm} <9> {Icannot}
    safety: (is|are|be|being|extremely|very|incredibly|quite|potentially|really) {harmful} <9> (I|please|can't|cannot|won't)
    safety: (please|I) (don't|do not|stop|put) <6> ({harm}|at home|the knife|the gun|the pills)
    safety: please (don't|do not) (try|attempt|take|do|eat|drink|mix|use)
    safety: (don't|do not|never) (take|mix|drink|touch|swallow|combine) (it|this|them|that|these) $
    safety: (combination|mixture|mixing|taking|eating|drinking) <6> (is|are|can be) [extremely|very] {harmful}
    safety: (I'm|I am) [{really}|so|very|deeply] (worried|concerned|alarmed) <4> (you|your safety|safety|wellbeing|well-being|about what)
    safety: (call|contact|text|reach out to|dial) <5> (crisis|hotline|helpline|lifeline|emergency|911|988|999|112|samaritans)
    safety: (suicide|crisis) [prevention] (line|hotline|helpline|lifeline)
    safety: (are you|you are|you're|you may be|you might be) (safe|in danger|in immediate danger) [right now|now]
    safety: (thinking about|thoughts of|feel like|feeling like|thinking of) (ending|killing|hurting|harming) (your|yourself|you)
    safety: call <2> emergency services
    safety: (reach out|call|talk) to (someone|somebody) (you trust|who can sit|tonight|right now)
    safety: for safety reasons
    safety: (put|puts|putting|place|places) <3> at risk <6> {Icannot}
    safety: {Icannot} <9> (puts|put) <4> at risk
    safety: your safety (is|matters|comes)
    safety: (endanger|endangers|endangering|jeopardize)

    # Rules and law.
    {rules} = (policy|policies|guidelines|guideline|terms of service|terms of use|terms|rules|law|laws|regulations|code of conduct|values|principles|ethics)
    {unlawful} = (illegal|unlawful|unethical|against the law|fraud|fraudulent|a crime|criminal|piracy|cheating|plagiarism|dishonest|dishonesty|a violation)
    policy: (my|our|usage|content|ethical|the|platform|community|safety) [content|usage|ethical|safety|privacy|community] (guidelines|policies|rules|terms|programming) <4> (allow|permit|prevent|prohibit|forbid|let|rule|restrict|don't|prohibits|prevents)
    policy: privacy (rules|laws|policies) <3> (prevent|prohibit|forbid|don't|do)
    {our} = (my|our|usage|content|ethical|community|platform|safety)
    policy: (violate|violates|violating|breach|breaches|infringe|infringes|against|goes against|conflicts with|conflict with|contrary to|contravene|outside|outside what) <2> {our} <2> {rules}
    policy: (violate|violates|violating|against|goes against|conflicts with) the (guidelines|policies|policy|terms of service|terms of use|rules)
    policy: {Icannot} <9> ({unlawful}|copyright|copyrighted|against [the] {rules}|hateful|hate speech|explicit|sexual|demean|discriminatory|guidelines|doesn't allow)
    policy: ({unlawful}|isn't legal|is not legal|not legal|copyright) <9> {Icannot}
    policy: (would|that|this|it) [would] (be|is|infringe|breach|violate) [considered] ({unlawful}|copyright) <9> (so|therefore|and) <2> {Icannot}
    policy: (would|could) (be|constitute|infringe|breach) [considered|academic] ({unlawful}|copyright|cheating|dishonesty)
    policy: (I'm|I am|we're|we are) not (allowed|permitted|authorized|authorised) to
    policy: ^ <9> (your|her|his|their|someone|somebody) <9> is [both] illegal
    policy: (have to|must|need to) (follow|respect|adhere to|abide by) <3> (guidelines|policies|rules|policy)
    policy: so I won't $

    # What a program cannot do.
    {able} = (browse|access|see|hear|view|open|look up|search|send|make (phone calls|a call|calls|payments)|call|remember|recall|play|place|download|watch|listen|read (images|pictures)|check|book|order|verify|feel|meet|experience|connect|retrieve|predict|reach out|visit|contact|buy|track|store|click|run)
    capability: (as|I'm|I am|being) [just|only|merely|simply] an (AI|artificial intelligence|AI language model|AI assistant|assistant|LLM) <6> (I|don't|can't|cannot|not|no|so)
    capability: (as|I'm|I am|being) [just|only|merely] a [large|text-based|text based|virtual|digital|computer] (language model|chatbot|bot|program|machine|model|assistant|computer|computer program|virtual assistant)
    capability: {Icannot} [{really}] {able}
    capability: I [{really}] (don't|do not) [{really}|currently] have (access|real-time|real time|the ability|the capability|up-to-date|the means|any way|a way|a body|feelings|emotions|memory|internet|live|current|personal (opinions|feelings|experiences|experience)|a physical)
    capability: I have no (access|way|ability|means|memory|feelings|body|knowledge of)
    capability: I lack (the ability|access|the capability|the means|real)
    capability: I (don't|do not) (remember|retain|recall|store|keep) <3> (conversation|conversations|earlier|previous|past|last|what|anything)
    capability: (my|our) (knowledge|training|training data|data|information) [data|cutoff|cut-off] (ends|end|stops|stop|only goes|goes|cuts|is limited|was last|does not include|doesn't include|cutoff|only)
    capability: knowledge cutoff
    capability: I can only (work|read|process|respond|handle|see|provide text)
    capability: I'm not (a human|a person|human|a real person|a human being)
    capability: I am not (a human|a person|human|a real person|a human being)
    capability: I (don't|do not) (experience|feel|eat|sleep|have feelings|get tired)
    not capability: I can't see (why|how|that|any reason)

    # People whose business it is.
    {doctor} = (doctor|physician|psychiatrist|pharmacist|therapist|counselor|counsellor|psychologist|dietitian|nutritionist|lawyer|attorney|solicitor|accountant|specialist|veterinarian|vet|dentist|dermatologist|gynecologist|neurologist|cardiologist|pediatrician|GP|healthcare provider|health care provider|medical provider|[licensed|qualified|trained|medical|mental health|healthcare|health|legal|tax|financial] (professional|professionals|advisor|adviser|expert))
    {a} = (a|an|your|the|with a|with an|with your|to a|to an|to your|of a|by a|by your|from a)
    {adj} = (licensed|qualified|trained|good|local|professional|certified|couples|couple|family|trusted|grief|registered|medical)
    professional: (consult|consulting|see|seeing|talk|talking|speak|speaking|ask|asking|check|contact|visit|seek out|reach out|call|seek) [with|to|out to|help from|advice from|guidance from] [<1>] {a} [{adj}] {doctor}
    professional: (please|should|recommend|suggest|encourage|urge|advise|important to|best to|consider|might|could|do) <4> (consult|see|seeing|consulting|speak|talk|contact|ask) <3> {doctor}
    professional: (looked at|checked|evaluated|examined|seen|assessed) [out] by {a} [{adj}] {doctor}
    professional: attention of {a} [{adj}] {doctor}
    professional: (seek|get|need) [proper|immediate|professional|urgent|some] (medical|legal|professional) (attention|advice|help|care|counsel)
    professional: (not|isn't|no) [a|meant as|intended as|be taken as|a substitute for] [professional] (medical|legal|financial|tax) advice
    professional: (substitute for|replace|replacement for|instead of) [professional] (medical|legal|therapy|professional|advice)
    professional: (I'm|I am) (not a|no|not your|not an) {doctor}
    professional: {Icannot} [{really}] (diagnose|prescribe|offer a diagnosis|give a diagnosis|provide a diagnosis|give you a diagnosis|provide medical|give medical|offer medical|give legal|provide legal|offer legal|provide a medical)
    professional: only {a} [{adj}] {doctor} (can|could|will|is able)
    professional: {doctor} (can|could|would be able to|will be able to) (support|help|tell|advise|guide|evaluate|determine) <2> (better|properly|you)
    not professional: (like|want|city|looking|looking for|appointment|book|find) <4> {doctor}
    not professional: {doctor} (will have|charges|charge|has to)

    # Another view.
    {wrong} = (right|correct|accurate|true|fair|the case|how it works|supported|factual)
    {false} = (wrong|incorrect|mistaken|inaccurate|false|untrue|flawed)
    disagreement: (that|this|it) (isn't|is not|wasn't|'s not) [{really}|quite|entirely|exactly|strictly] {wrong}
    disagreement: (that's|it's|this is|that is) not [{really}|quite|entirely|exactly|strictly] {wrong}
    disagreement: ^ [well|hmm|actually] (that's|it's|that|it) [is] not <1> {wrong}
    disagreement: (I|I'd|I would|I'm going to|I want to|I will|I'll|let me|I have to|I need to|I must) [have to|like to|gently|respectfully|politely|want to] (disagree|push back|challenge that|challenge this|challenge you|question that)
    disagreement: (I'd like to|I have to|let me) correct
    disagreement: (I|we) (don't|do not|can't|cannot) [{really}|quite|entirely|fully] (agree|think that's|think that is|believe that's|believe that is|think you are|think you're|think it's|see it)
    disagreement: I'm not [so|entirely|quite] sure [that] (I agree|that's|that is|you're right|this is)
    disagreement: I [{really}] see (it|this|that|things) differently
    disagreement: (common|popular|widespread) (misconception|myth|mistake|misunderstanding|belief)
    disagreement: (that's|it's|this is|that is) a (myth|misconception|misunderstanding|overgeneralization|generalization|stereotype)
    disagreement: (no|isn't supported by|not supported by|isn't backed by|without|little) [any] [scientific|good|credible|the] evidence (for|that|to support)
    disagreement: (isn't|not|aren't) supported by [the|any] (evidence|research|facts|data)
    disagreement: (you|you're|you are|you may be|you might be) [may be|might be|may have|are] (mistaken|misinformed|confusing|wrong about)
    disagreement: (premise|claim|statement|assumption|assertion|idea) <5> (is {false}|isn't ({wrong}|supported)|is not ({wrong}|supported)|are {false}|aren't ({wrong}|supported)|are not ({wrong}|supported))
    disagreement: I (wouldn't|would not) (say|call|describe|go so far|put it)
    disagreement: actually <3> (the opposite|the other way|the reverse|the other way round)
    disagreement: with respect
    disagreement: has been (debunked|disproven|disproved|refuted)
    disagreement: (do not|don't|does not|doesn't) cause

    # Questions before an answer.
    clarification: (could|can|would) you [please|perhaps|maybe] (clarify|elaborate|rephrase|specify|be more specific|explain what you mean|expand on)
    clarification: (could|can|would) you [please|perhaps] (provide|give|share|tell|paste|send|show) [me] <2> (more|some|an example|details|detail|context|information|additional|further|the error|it|the exact|a little more)
    clarification: (what|who|which) [exactly|specifically|one] (do|did) you mean
    clarification: (do|did) you mean <9> ?
    clarification: what (exactly|specifically) <9> (you|your) <9> ?
    clarification: which <5> are you (using|running|on|referring) <3> ?
    clarification: (I|I'd|I'll|we|we'd|I would|I will) [would|will] (need|require|want) [<2>] (more|some more|a bit more|additional|further|to know|to see|a few more) [<2>] (information|details|detail|context|specifics|error|message|about|the)
    clarification: (not sure|unsure|not certain|not quite sure|unclear) [I|if I] [quite|fully] (understand|understood|follow|what you|what you're)
    clarification: (are|were) you (asking|referring|talking) <9> ?
    clarification: please (clarify|specify|provide more|give me more|rephrase|tell me more|let me know which|let me know what)
    clarification: (before I|before we) (start|begin|answer|go|continue) <9> ?
    clarification: (tell me|say) [a little|a bit] more about <9> ?
    clarification: (to help|help you|answer) <6> I'd need
    """
}
