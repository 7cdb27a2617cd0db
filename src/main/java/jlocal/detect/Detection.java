package jlocal.detect;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;

/**
 * What an app without a Procfile would run.
 *
 * @param name of the detector: {@code rails}
 * @param why the evidence, as part of a sentence
 */
public record Detection(String name, SequencedMap<String, String> commands, String why) {
  /** The name of the detector for folders with just an HTML page. */
  public static final String STATIC = "static";

  /** Returns this as the text of a Procfile. */
  public String text() {
    var text = new StringBuilder();
    commands.forEach((type, command) -> text.append(type + ": " + command + "\n"));
    return text.toString();
  }

  public Procfile procfile() {
    var all = new LinkedHashMap<String, Command>();
    commands.forEach((type, command) -> all.put(type, new Command(command)));
    return new Procfile(all);
  }

  /** Returns this as seen from a folder above. */
  Detection in(String folder) {
    var all = new LinkedHashMap<String, String>();
    commands.forEach((type, command) -> all.put(type, "cd " + folder + " && " + command));
    return new Detection(name, all, why + ", in " + folder);
  }

  /** Returns what runs and why, in one line. */
  public String sentence() {
    var all = new StringBuilder();
    commands.forEach((type, command) ->
        all.append(all.isEmpty() ? "" : ", ").append(type + " runs  " + command));
    return all + "  because of " + why;
  }
}
