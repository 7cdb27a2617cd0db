package jlocal.router;

import java.util.List;

/** The head of a received message. */
record Sent(String head) {
  String line() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** The request's target. */
  String target() {
    String line = line();
    return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
  }

  List<String> values(String name) {
    int length = name.length() + 1;
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, length))
        .map(line -> line.substring(length).strip())
        .toList();
  }

  String value(String name) {
    return values(name).getFirst();
  }
}
