package jlocal.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** The formats of an export. */
public enum ExportFormat {
  SYSTEMD((app, request) -> new Systemd(app, request, false)),
  SYSTEMD_USER((app, request) -> new Systemd(app, request, true)),
  COMPOSE(Compose::new),
  KUBERNETES(Kubernetes::new),
  DOCKERFILE(Dockerfile::new),
  SUPERVISORD(Supervisord::new),
  LAUNCHD(Launchd::new);

  /** Foreman's and nf's formats of obsolete supervisors, with the nearest format here. */
  private static final Map<String, ExportFormat> GONE =
      Map.of(
          "upstart", SYSTEMD,
          "upstart-single", SYSTEMD,
          "inittab", SYSTEMD,
          "runit", SUPERVISORD,
          "bluepill", SUPERVISORD,
          "daemon", SYSTEMD,
          "smf", SYSTEMD);

  private final Writer writer;

  ExportFormat(Writer writer) {
    this.writer = writer;
  }

  private interface Writer {
    Exporter of(ExportedApp app, ExportRequest request) throws UserError;
  }

  /** Returns the name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns all names. */
  public static List<String> words() {
    return Stream.of(values()).map(ExportFormat::word).toList();
  }

  /**
   * Returns the format with a name.
   *
   * @throws UserError with the most similar name if there is none
   */
  public static ExportFormat named(String word) throws UserError {
    for (ExportFormat format : values()) if (format.word().equals(word)) return format;
    ExportFormat nearest = GONE.get(word);
    String what =
        nearest == null
            ? "there is no format '" + Printable.of(word) + "'" + Nearest.hint(word, words())
            : "'" + word + "' is not supported: the nearest format is " + nearest.word();
    throw new UserError(Problem.error(what).hint("formats: " + String.join(", ", words())));
  }

  /**
   * Returns an app in this format.
   *
   * @throws UserError if the format cannot represent it
   */
  public ExportResult export(ExportedApp app, ExportRequest request) throws UserError {
    return writer.of(app, request).export();
  }
}
