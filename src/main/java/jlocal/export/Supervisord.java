package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import jlocal.os.Launch;
import jlocal.os.OneOff;
import jlocal.os.Shell;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration for supervisord, and a script for each type: supervisord cuts values at
 * {@code ;}, cannot quote line breaks, and its file is readable by all.
 */
final class Supervisord extends Exporter {
  Supervisord(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request);
  }

  @Override
  ExportResult export() throws UserError {
    var programs = new ArrayList<String>();
    var text = new StringBuilder();
    for (ExportedType type : app.types()) {
      String program = unit + "-" + type.name();
      programs.add(program);
      secret(program + ".sh", script(type));
      text.append(program(type, folder("/etc/supervisor/conf.d").resolve(program + ".sh")));
      if (type.isRelease())
        notes.add("before the others: supervisorctl start " + unit + ":" + program + ".1");
    }
    noteLosses("supervisord");
    var group = template("supervisord-group");
    text.append(group.put("programs", String.join(",", programs)).fill());
    open(unit + ".conf", text.toString());
    return new ExportResult(files, notes, List.of("supervisorctl update"));
  }

  private String program(ExportedType type, Path script) throws UserError {
    Path log = log(type, "%(process_num)d");
    return template("supervisord-program", type)
        .put("script", word(script))
        .put("user", user())
        .put("priority", app.level(type) + 1)
        .put("autostart", !type.isRelease())
        .put("restart", restart(type, "false", "unexpected", "true"))
        .put("start-seconds", type.runsOnce() ? 0 : 1)
        .put("log", log == null ? null : log.toString().replaceAll("%(?!\\(process_num\\))", "%%"))
        .fill();
  }

  private @Nullable String user() {
    String user = Objects.requireNonNullElse(request.user(), request.machine().user());
    return request.user() == null && user.equals("root") ? null : user;
  }

  /** Returns a word of a command line. */
  private static String word(Path path) {
    String word = path.toString().replaceAll("[\\x20-\\x7e&&[^A-Za-z0-9_./%-]]", "\\\\$0");
    return word.replace("%", "%%");
  }

  /**
   * Returns a script that sets the variables and executes the command; its argument is the number
   * of the process.
   */
  private String script(ExportedType type) {
    var environment = new LinkedHashMap<String, @Nullable String>(app.varsHere(request));
    environment.putAll(type.environment());
    List<String> argv = new Shell(app.common().shell()).argv(type.command());
    var text = new StringBuilder("#!/bin/sh\n# Written by jlocal export.\n");
    text.append("export PORT=$((" + (type.port() - 1) + " + $1))\n");
    ExportedApp.identity(type, "$1")
        .forEach((name, value) -> text.append("export " + name + "=" + value + "\n"));
    return text + OneOff.script(new Launch(argv, type.folder(), environment), List.of());
  }
}
