package jlocal.cli;

/** What browsers shall make of our certificates. */
enum Trust {
  TRUST("make browsers trust the certificates of start --https"),
  UNTRUST("undo what trust did");

  private final String summary;

  Trust(String summary) {
    this.summary = summary;
  }

  String summary() {
    return summary;
  }
}
