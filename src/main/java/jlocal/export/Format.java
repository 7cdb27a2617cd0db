package jlocal.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** What an app can be exported to. */
public enum Format {
  SYSTEMD,
  SYSTEMD_USER,
  COMPOSE,
  KUBERNETES,
  DOCKERFILE,
  SUPERVISORD,
  LAUNCHD;

  /** Foreman's and nf's formats of supervisors that are no longer in use, and the nearest one. */
  private static final Map<String, Format> GONE =
      Map.of(
          "upstart", SYSTEMD,
          "upstart-single", SYSTEMD,
          "inittab", SYSTEMD,
          "runit", SUPERVISORD,
          "bluepill", SUPERVISORD,
          "daemon", SYSTEMD,
          "smf", SYSTEMD);

  /** The word of the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of all. */
  public static List<String> words() {
    return Stream.of(values()).map(Format::word).toList();
  }

  /**
   * The format of that name.
   *
   * @throws UserError with the nearest one when there is none
   */
  public static Format named(String word) throws UserError {
    for (Format format : values()) if (format.word().equals(word)) return format;
    Format nearest = GONE.get(word);
    String what =
        nearest == null
            ? "there is no format '" + Printable.of(word) + "'" + Nearest.hint(word, words())
            : "'" + word + "' is not written: the nearest format in use is " + nearest.word();
    throw new UserError(Problem.error(what).hint("formats: " + String.join(", ", words())));
  }

  /**
   * An app in this format.
   *
   * @throws UserError when the format cannot hold it
   */
  public Export export(ExportedApp app, ExportRequest request) throws UserError {
    return switch (this) {
      case SYSTEMD -> new Systemd(app, request, false).export();
      case SYSTEMD_USER -> new Systemd(app, request, true).export();
      case COMPOSE -> new Compose(app, request).export();
      case KUBERNETES -> new Kubernetes(app, request).export();
      case SUPERVISORD -> new Supervisord(app, request).export();
      case LAUNCHD -> new Launchd(app, request).export();
      case DOCKERFILE -> new Dockerfile(app, request).export();
    };
  }
}
