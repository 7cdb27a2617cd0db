package jlocal.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The keys in the log: a letter selects an action and, if it concerns a process, another one
 * selects the process. Pure.
 */
final class KeyMenu {
  static final List<String> HELP =
      List.of(
          "r restart, s solo, f filter, c connect, d dashboard, q stop, h help; any other key:"
              + " nothing",
          "Ctrl-C stops the app; --no-keys disables these keys");

  private static final String CHOICES = "123456789abcdefghijklmnopqrstuvwxyz";

  private Ask asked = Ask.NOTHING;
  private List<String> choices = List.of();

  /** The command that a process is being selected for. */
  private enum Ask {
    NOTHING,
    RESTART,
    SOLO,
    CONNECT
  }

  sealed interface Act {
    record Nothing() implements Act {}

    record Say(List<String> sentences) implements Act {}

    /** Restart a type or an instance. */
    record Restart(String name) implements Act {}

    /** Show the lines of a type or an instance alone. */
    record Solo(String name) implements Act {}

    /** Show the lines of all sources again. */
    record ShowAll() implements Act {}

    /** Ask for a pattern, and show only matching lines. */
    record Filter() implements Act {}

    /** Attach to the terminal of an instance. */
    record Connect(String name) implements Act {}

    /** Open the page of the app in a browser. */
    record Dashboard() implements Act {}

    record Quit() implements Act {}
  }

  /**
   * Handles a key.
   *
   * @param types those that have instances
   * @param instances all of them
   */
  Act press(char key, List<String> types, List<String> instances) {
    if (asked != Ask.NOTHING) return chosen(key);
    return switch (Character.toLowerCase(key)) {
      case 'r' -> ask(Ask.RESTART, "restart which?", all(types, instances));
      case 's' -> ask(Ask.SOLO, "show only which? 0: all", all(types, instances));
      case 'c' -> ask(Ask.CONNECT, "connect to which?", instances);
      case 'f' -> new Act.Filter();
      case 'd' -> new Act.Dashboard();
      case 'q' -> new Act.Quit();
      case 'h', '?' -> new Act.Say(HELP);
      default -> new Act.Nothing();
    };
  }

  /** Returns types and instances; a type of one instance is listed once. */
  private static List<String> all(List<String> types, List<String> instances) {
    var all = new ArrayList<String>();
    for (String type : types) {
      var its = instances.stream().filter(name -> name.startsWith(type + ".")).toList();
      if (its.size() > 1) all.add(type);
      all.addAll(its);
    }
    return all;
  }

  private Act ask(Ask what, String question, List<String> names) {
    asked = what;
    choices = names.subList(0, Math.min(names.size(), CHOICES.length()));
    var line = new StringBuilder(question);
    for (int i = 0; i < choices.size(); i++) {
      line.append("  ").append(CHOICES.charAt(i)).append(' ').append(choices.get(i));
    }
    return new Act.Say(List.of(line.toString()));
  }

  private Act chosen(char key) {
    Ask what = asked;
    asked = Ask.NOTHING;
    if (what == Ask.SOLO && key == '0') return new Act.ShowAll();
    int place = CHOICES.indexOf(String.valueOf(key).toLowerCase(Locale.ROOT));
    if (place < 0 || place >= choices.size()) return new Act.Say(List.of("nothing done"));
    String name = choices.get(place);
    return switch (what) {
      case RESTART -> new Act.Restart(name);
      case SOLO -> new Act.Solo(name);
      case CONNECT -> new Act.Connect(name);
      case NOTHING -> new Act.Nothing();
    };
  }
}
