extension ActGrammars {
  static let pushbackPhrases = """
    {cannot} = (cannot|can not|can't|cant|won't|wont|will not|couldn't|could not|am unable to|am not able to|'m unable to|'m not able to|I'm unable to|I'm not able to)
    {unwilling} = (won't|will not|refuse to|must decline to|have to decline to|am not willing to|am not comfortable|am not going to|I'm not willing to|I'm not comfortable|I'm not going to|don't feel comfortable|do not feel comfortable)
    {really} = (really|actually|just|simply|also|in good conscience|currently|directly|personally|honestly)
    {help} = (help|assist|provide|give|create|write|generate|produce|offer|support|engage|discuss|share|fulfill|fulfil|comply|answer|participate|do|complete|continue|make|recommend|encourage|advise|endorse|facilitate|guide|explain|tell|show|teach|describe|play|roleplay|pretend)
    {I} = (I|we)
    {doctor} = (doctor|physician|psychiatrist|pharmacist|therapist|counselor|counsellor|psychologist|dietitian|nutritionist|lawyer|attorney|solicitor|accountant|professional|professionals|specialist|veterinarian|vet|dentist|dermatologist|gynecologist|cardiologist|pediatrician|advisor|adviser)

    plain: {I} [{really}] {cannot} [{really}] [be able to] {help}
    plain: {I} {unwilling} [<3>] {help}
    plain: {I} {unwilling} (helping|assisting|providing|writing|creating|generating|engaging|discussing|doing|continuing|sharing|giving|making)
    plain: (unable|not able) to [{really}] {help} [<3>] (that|this|request|your)
    plain: (sorry|apologize|afraid|unfortunately|regret) [<4>] {I} [{really}] {cannot}
    plain: {I} (must|have to|need to|'ll have to|will have to|would have to|'d have to) [{really}] (decline|refuse|pass)
    plain: {I} [would] [respectfully] decline
    plain: not something {I} (can|could|will|would|am able to|am willing to|am comfortable|I'm able to|I'm comfortable) [{help}]
    plain: {I} [{really}] (don't|do not) (provide|offer|create|write|generate|produce|engage|share) (that|this|such|those|these|content|information|instructions|material)
    plain: {I} would (rather|prefer) not [to] {help}
    """
}
