package jlocal.cli;

import java.util.ArrayList;
import java.util.List;

/** Completion for fish: one {@code complete} line for each command, option and word. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();

  private FishCompletion() {}

  static String script(Commands commands) {
    var fish = new FishCompletion();
    fish.line("-f");
    commands.all().forEach(fish::name);
    commands.all().forEach(fish::options);
    return fish.script.toString();
  }

  private void name(SubCommand<?> command) {
    line("-n __fish_use_subcommand -a " + quoted(command.name()) + description(command.summary()));
  }

  private void options(SubCommand<?> command) {
    var names = new ArrayList<>(List.of(command.name()));
    names.addAll(command.aliases());
    String within = "-n " + quoted("__fish_seen_subcommand_from " + String.join(" ", names));
    command.options().forEach(option -> line(within + option(option)));
    String words = String.join(" ", command.arguments().words());
    if (!words.isEmpty()) line(within + " -a " + quoted(words));
    if (command.arguments().endOptions()) {
      line(within + " -a " + quoted("(__fish_complete_subcommand)"));
    }
  }

  private static String option(Option<?> option) {
    var text = new StringBuilder();
    for (String name : option.shownNames()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    var words = option.kind().words();
    if (option.kind().isFile()) text.append(" -r -F");
    else if (!words.isEmpty()) text.append(" -x -a ").append(quoted(String.join(" ", words)));
    else if (!option.isFlag()) text.append(" -x");
    return text + description(option.help());
  }

  private void line(String arguments) {
    script.append("complete -c jlocal ").append(arguments).append('\n');
  }

  private static String description(String text) {
    return " -d " + quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
