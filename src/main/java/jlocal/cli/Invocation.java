package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which command a command line calls, found without taking its options apart.
 *
 * @param command a name as typed, {@code config get} as {@code config:get}; null when there is none
 * @param args everything but the name, options that stood before it first
 */
record Invocation(@Nullable String command, List<String> args) {
  private static final Set<String> VERSION = Set.of("--version", "-v", "-V");
  private static final Set<String> HELP = Set.of("--help", "-h");

  Invocation {
    args = List.copyOf(args);
  }

  static Invocation of(List<String> args, Commands commands) {
    int at = 0;
    while (at < args.size() && isOption(args.get(at))) {
      String option = args.get(at);
      if (VERSION.contains(option)) return new Invocation("version", List.of());
      if (HELP.contains(option)) return new Invocation("help", args.subList(at + 1, args.size()));
      at += takesNext(option) ? 2 : 1;
    }
    if (at >= args.size()) return new Invocation(null, args);
    String name = args.get(at);
    int words = 1;
    if (at + 1 < args.size() && commands.find(name + ":" + args.get(at + 1)) != null) {
      name = name + ":" + args.get(at + 1);
      words = 2;
    }
    var rest = new ArrayList<>(args.subList(0, at));
    rest.addAll(args.subList(at + words, args.size()));
    return new Invocation(name, rest);
  }

  private static boolean isOption(String arg) {
    return arg.length() > 1 && arg.startsWith("-") && !arg.equals("--");
  }

  /** Whether the option's value is the next argument: {@code -f FILE}, not {@code -fFILE}. */
  private static boolean takesNext(String arg) {
    return StartOptions.OPTIONS.stream()
        .anyMatch(option -> option.names().contains(arg) && option.ways().alone() == null);
  }
}
