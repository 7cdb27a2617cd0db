package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import jlocal.config.EnvFileEditor;
import jlocal.config.EnvStore;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.releases.FilesSnapshot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A change of the config vars in the app's env files: written as a whole, then applied to the app.
 */
final class ConfigChange {
  private static final String RELOAD = "--reload";

  private final Values values;
  private final Context context;
  private final AppOptions app;
  private final SequencedMap<EnvStore, EnvFileEditor> files = new LinkedHashMap<>();

  private ConfigChange(Values values, Context context) {
    this.values = values;
    this.context = context;
    app = AppOptions.from(values);
  }

  static List<Subcommand.OptionGroup> options() {
    OptionSpec reload = Options.flagOn(RELOAD);
    return List.of(
        new Subcommand.OptionGroup("Order", reload),
        new Subcommand.OptionGroup("The app", AppOptions.fileOptions()));
  }

  /**
   * Reads the files that the app reads.
   *
   * @throws UserError if one of them cannot be changed
   */
  static ConfigChange of(Values values, Context context) throws UserError {
    var change = new ConfigChange(values, context);
    for (Path file : change.app.files().allEnvFiles()) {
      EnvStore store = EnvStore.open(file);
      change.files.put(store, store.text());
    }
    return change;
  }

  /** Returns the file for new variables. */
  EnvStore first() {
    return files.firstEntry().getKey();
  }

  /** Sets variables, each in the file that defines it, else in the first one. */
  void set(Map<String, String> variables) throws UserError {
    SequencedMap<EnvStore, Set<String>> names = names();
    var byFile = new LinkedHashMap<EnvStore, Map<String, String>>();
    variables.forEach((name, value) -> {
      EnvStore in = first();
      for (var file : names.entrySet()) if (file.getValue().contains(name)) in = file.getKey();
      byFile.computeIfAbsent(in, _ -> new LinkedHashMap<>()).put(name, value);
    });
    for (var file : byFile.entrySet()) change(file.getKey(), file.getValue());
  }

  /** Removes variables from all files. */
  void unset(Collection<String> variables) throws UserError {
    for (var file : names().entrySet()) {
      var out = new HashMap<String, @Nullable String>();
      variables.stream().filter(file.getValue()::contains).forEach(name -> out.put(name, null));
      change(file.getKey(), out);
    }
  }

  private void change(EnvStore file, Map<String, ? extends @Nullable String> changes)
      throws UserError {
    files.put(file, text(file).with(changes));
  }

  void replace(EnvFileEditor text) {
    files.put(first(), text);
  }

  private EnvFileEditor text(EnvStore file) {
    return files.getOrDefault(file, file.text());
  }

  SequencedMap<EnvStore, Set<String>> names() {
    var names = new LinkedHashMap<EnvStore, Set<String>>();
    files.forEach((file, text) -> names.put(file, text.values().keySet()));
    return names;
  }

  AppReleases releases() {
    return new AppReleases(app.files(), context.environment());
  }

  /** Restores all files to a snapshot; a file that did not exist is emptied. */
  void replaceAll(FilesSnapshot to) {
    files.replaceAll((file, text) -> {
      String then = to.env().getOrDefault(FilesSnapshot.key(Path.of(file.text().shownAs())), "");
      return new EnvFileEditor(then, text.shownAs());
    });
  }

  /** Restores the Procfile together with the env files. */
  void replaceProcfile(Path procfile, String text) throws UserError {
    EnvStore store = EnvStore.open(procfile);
    files.put(store, new EnvFileEditor(text, store.text().shownAs()));
  }

  /** Applies the change without further output. */
  int apply(String doing) throws UserError, IOException {
    return apply(doing, "", "");
  }

  /**
   * Writes the changes, reloads the app if it is running, and reports as Heroku does.
   *
   * @param doing {@code Setting A, B}
   * @param more printed after the name of the app
   * @param release description of the release; empty to list the changes
   * @return the exit status of jlocal
   */
  int apply(String doing, String more, String release) throws UserError, IOException {
    releases().recordQuietly("");
    boolean isWritten = write();
    AppClient client = new AppClient(app, context);
    boolean isAlways = !more.isEmpty();
    boolean reloads = (isWritten || isAlways) && values.is(RELOAD) && client.isRunning();
    String name = "⬢ " + app.files().root().toAbsolutePath().normalize().getFileName();
    String what = isAlways ? " " + name + " " + more : reloads ? " and restarting " + name : "";
    say(doing + what + "... ");
    @Nullable Reply reply =
        reloads ? client.reply(Request.of("reload", "await", false)) : new Reply.Done(List.of());
    say(reply instanceof Reply.Done ? "done" + version(release) + "\n" : "!\n");
    return reply == null || reply instanceof Reply.Done
        ? ExitCode.DONE.status()
        : client.tell(reply);
  }

  /** Records the release; a failure does not undo the change. */
  private String version(String release) {
    try {
      return ", v" + releases().record(release);
    } catch (IOException e) {
      context.report(List.of(Problem.warning("the release is not recorded: " + e.getMessage())));
      return "";
    }
  }

  private boolean write() throws UserError {
    var changed = new ArrayList<EnvStore>();
    files.forEach((file, text) -> {
      if (!text.equals(file.text())) changed.add(file);
    });
    try {
      for (EnvStore file : changed) file.prepare(text(file));
      for (EnvStore file : changed) file.commit();
    } finally {
      changed.forEach(EnvStore::discard);
    }
    return !changed.isEmpty();
  }

  private void say(String text) {
    context.err().print(text);
  }

  /** Prints the file of each variable, without its value. */
  void list(Collection<String> variables) {
    var where = new HashMap<String, String>();
    names().forEach((file, names) -> names.forEach(name -> where.put(name, file.text().shownAs())));
    for (String name : variables) {
      context.out().line(name + ": " + ConfigCommand.MASK + "  " + where.get(name));
    }
  }
}
