package jlocal.cli;

/** A text that is no value of its kind; the message says what would be. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1;

  BadValue(String what) {
    super(what, null, false, false);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
