extension SentimentLexicon {
  static let valences = """
    3.0 love/v wonderful/a
    -2.5 hate/v terrible
    """
}
