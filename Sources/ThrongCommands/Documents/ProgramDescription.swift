/// What holds for the program as a whole; overview, man page and Documentation/Commands.md show it.
package enum ProgramDescription {
  package static let summary =
    "Throng finds what a crowd talks about and lets nothing out that fewer than k people share."

  package static let usage = "throng COMMAND [ARGUMENTS]"

  package static let examples: [Example] = [
    Example("throng inspect log.jsonl", "See what a log holds and what a run would need:"),
    Example("throng run log.jsonl --out release", "Cluster it and write a release:"),
    Example("throng audit release --against log.jsonl", "Attack the release before it leaves:"),
    Example("throng help run", "Read about a command:"),
  ]

  package static let conventions = """
    Data goes to standard output, messages and progress to standard error; - is standard input. Flags follow the \
    command in any order, as --flag value, --flag=value, -f value or together as in -nq; after -- nothing is a flag. No \
    message holds a word of a conversation.
    """

  package static let exitCodes: [(term: String, meaning: String)] = [
    ("0", "Done."), ("1", "Internal failure, such as a full disk."),
    ("2", "The command line cannot be carried out."), ("3", "The input cannot be used."),
    ("4", "Refused by the gate, or an attack succeeded."),
    ("5", "Partly done, such as where memory or a disk did not suffice; throng run --resume goes on."),
    ("130", "Interrupted by Ctrl-C or SIGTERM; no half bundle is left, and throng run --resume goes on."),
  ]

  package static let environment: [(term: String, meaning: String)] = [
    ("NO_COLOR", "Not empty: no colour."), ("CLICOLOR", "0: no colour."),
    ("CLICOLOR_FORCE", "Not 0: colour off a terminal, too, unless NO_COLOR is set."),
    ("TERM", "dumb: neither colour nor a line that is drawn again."),
    ("COLUMNS", "Width of help where there is no terminal to ask."),
    ("XDG_STATE_HOME", "Folder of throng/secret; else ~/.local/state."),
    ("SOURCE_DATE_EPOCH", "Seconds since 1970 that a release gives as its time; else it gives none."),
  ]

  package static let files: [(term: String, meaning: String)] = [
    (
      "~/.local/state/throng/secret",
      "The key of all hashes, made by the first run and readable by its owner only. Whoever has it can test guesses "
        + "against a workspace; without it the same input gives other bytes."
    ),
    ("throng-ledger.sqlite", "Beside the bundles: the private list of releases. Keep it."),
    ("DIR.work/quarantine.json", "Beside a bundle: positions of the records that were set aside."),
    (
      "DIR.work/*.stage",
      "Beside a bundle that is not done yet: what the run has worked out so far, sealed with the secret, for --resume. Gone when "
        + "the bundle is written."
    ),
  ]
}
