package jlocal.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.config.ShellFormat;
import jlocal.os.Shell;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Writes property lists for launchd, one for each process; launchd.plist(5). */
final class Launchd extends Exporter {
  private static final String ON_CRASH = "<dict><key>SuccessfulExit</key><false/></dict>";

  Launchd(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request);
  }

  @Override
  ExportResult export() throws UserError {
    for (ExportedType type : app.types()) {
      for (int n = 1; n <= type.count(); n++) {
        String label = unit + "." + type.name() + "." + n;
        secret(label + ".plist", plist(type, n, label));
      }
    }
    noteLosses("launchd");
    String all = ShellFormat.quote(folder(".") + "/" + unit) + ".*.plist";
    return new ExportResult(files, notes, List.of("launchctl load " + all));
  }

  private String plist(ExportedType type, int number, String label) throws UserError {
    var variables = new LinkedHashMap<>(app.varsHere(request));
    variables.put("PORT", "" + (type.port() + number - 1));
    variables.putAll(ExportedApp.identity(type, "" + number));
    variables.putAll(type.environment());
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      check(variable.getValue(), "the value of " + variable.getKey());
    }
    check(type.command(), "the command of " + type.name());
    Path log = log(type, "" + number);
    return template("launchd", type)
        .put("label", escaped(label))
        .put("argument", escaped(new Shell(app.common().shell()).argv(type.command())))
        .put("variable", escaped(List.copyOf(variables.keySet())))
        .put("value", escaped(List.copyOf(variables.values())))
        .put("folder", escaped(type.folder().toString()))
        .put("user", request.user() == null ? null : escaped(request.user()))
        .put("keep-alive", restart(type, "<false/>", ON_CRASH, "<true/>"))
        .put("log", log == null ? null : escaped(log.toString()))
        .fill();
  }

  /** Rejects control characters, which XML 1.0 lacks except for tab and line ends. */
  private static void check(String text, String what) throws UserError {
    if (text.matches("(?s)[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]*")) return;
    throw new UserError(
        Problem.error("launchd cannot represent the control characters in " + what));
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(Launchd::escaped).toList();
  }

  private static String escaped(String text) {
    String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return plain.replace("\r", "&#13;");
  }
}
