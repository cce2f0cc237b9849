extension ActGrammars {
  static let complaintPhrases = """
    retry: (try|do|write|run|explain|check|read|answer) [it|that|this|them] again
    frustration: (this|that) is (useless|ridiculous|pointless)
    """
}
