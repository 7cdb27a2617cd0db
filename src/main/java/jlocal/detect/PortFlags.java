package jlocal.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the port flag for development servers that ignore PORT, by the table {@code
 * port-flags.txt}. Looks through the scripts of package.json.
 */
public final class PortFlags {
  private static final Pattern COLUMNS = Pattern.compile(" {2,}");

  /** Characters after which a flag might belong to another command, or to quoted text. */
  private static final Pattern UNCLEAR = Pattern.compile("[|;<>&()#`\\\\\n]");

  private static final Pattern CD = Pattern.compile("cd\\s+([^\\s'\"$]+)");
  private static final int MAX_SCRIPTS = 4;

  private final List<Row> rows = new ArrayList<>();
  private Pattern says = COLUMNS;
  private Pattern runner = COLUMNS;
  private Pattern script = COLUMNS;

  private record Row(String server, Pattern command, String flags) {}

  /**
   * A flag that makes a command listen on PORT.
   *
   * @param server the program that ignores PORT
   * @param added the text to append to the command
   */
  public record Flag(String server, String added) {}

  public PortFlags() {
    for (String line : ResourceTable.lines(PortFlags.class, "port-flags.txt")) {
      String[] cells = COLUMNS.split(line, 3);
      switch (cells[0]) {
        case "says" -> says = Pattern.compile(cells[1]);
        case "runner" -> runner = Pattern.compile(cells[1]);
        case "script" -> script = Pattern.compile(cells[1]);
        default -> rows.add(new Row(cells[0], Pattern.compile(cells[1]), cells[2]));
      }
    }
  }

  List<String> servers() {
    return rows.stream().map(Row::server).toList();
  }

  /**
   * Looks for a server that ignores PORT.
   *
   * @param command of a process type
   * @param folder its working directory
   * @return null if there is none, or the command sets a port itself
   */
  public @Nullable Flag of(String command, Path folder) {
    return of(command, folder, 0);
  }

  private @Nullable Flag of(String command, Path folder, int scripts) {
    String[] parts = command.split("&&", -1);
    String last = parts[parts.length - 1].strip();
    if (scripts > MAX_SCRIPTS || says.matcher(command).find()) return null;
    if (UNCLEAR.matcher(last).find() || isOpen(last, '"') || isOpen(last, '\'')) return null;
    Path here = folder;
    for (String part : List.of(parts).subList(0, parts.length - 1)) {
      Matcher cd = CD.matcher(part.strip());
      if (cd.matches()) here = here.resolve(cd.group(1));
    }
    Flag ofScript = ofScript(last, here, scripts);
    return ofScript == null ? ofServer(withoutRunners(last)) : ofScript;
  }

  private static boolean isOpen(String text, char quote) {
    return text.chars().filter(c -> c == quote).count() % 2 != 0;
  }

  /**
   * Removes leading runners from a command: {@code npx}, {@code bundle exec}, {@code python3 -m}.
   */
  public String withoutRunners(String command) {
    Matcher matcher = runner.matcher(command);
    int at = 0;
    while (matcher.region(at, command.length()).lookingAt()) at = matcher.end();
    return command.substring(at);
  }

  private @Nullable Flag ofServer(String command) {
    return rows.stream()
        .filter(row -> row.command.matcher(command).lookingAt())
        .findFirst()
        .map(row -> new Flag(row.server, " " + row.flags))
        .orElse(null);
  }

  /** npm passes on arguments after {@code --}, the others pass on all. */
  private @Nullable Flag ofScript(String command, Path folder, int scripts) {
    Matcher call = script.matcher(command);
    if (!call.matches()) return null;
    Path at = call.group(2) == null ? folder : folder.resolve(call.group(2));
    String text = new ProjectFolder(at).text("package.json#scripts." + call.group(3));
    if (text == null) return null;
    Flag flag = of(text + call.group(4).replaceFirst("^\\s+--\\s", " "), at, scripts + 1);
    boolean needsDashes = call.group(1).equals("npm") && !call.group(4).contains(" -- ");
    return flag == null || !needsDashes ? flag : new Flag(flag.server, " --" + flag.added);
  }
}
