package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Writes an app in one format. */
abstract class Exporter {
  final ExportedApp app;
  final ExportRequest request;

  /** The app's name in units, programs and files. */
  final String unit;

  final List<ExportResult.File> files = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  Exporter(ExportedApp app, ExportRequest request) throws UserError {
    this.app = app;
    this.request = request;
    unit = ExportNames.unit(app.common().name());
  }

  abstract ExportResult export() throws UserError;

  final void open(String name, String text) {
    files.add(new ExportResult.File(name, text, false));
  }

  final void secret(String name, String text) {
    files.add(new ExportResult.File(name, text, true));
  }

  /** Returns the user's template, else jlocal's own. */
  final Template template(String name) throws UserError {
    return Template.of(name, request.templates()).put("app", unit);
  }

  /** Returns a template with the common values of a type. */
  final Template template(String name, ExportedType type) throws UserError {
    return template(name)
        .put("type", type.name())
        .put("count", type.count())
        .put("port", type.port())
        .put("stop-signal", type.stopSignal())
        .put("grace", type.grace().plusMillis(999).toSeconds())
        .put("grace-ms", type.grace().toMillis())
        .put("memory", type.memory() == null ? null : type.memory().quota())
        .put("memory-limit", type.memory() == null ? null : type.memory().limit());
  }

  /** Returns the format's word for the restart policy of a type. */
  final String restart(ExportedType type, String never, String onCrash, String always) {
    return switch (app.restart(type)) {
      case NEVER -> never;
      case ON_CRASH -> onCrash;
      case ALWAYS -> always;
    };
  }

  /** Returns the folder of the files, else the usual one. */
  final Path folder(String standard) {
    return Objects.requireNonNullElse(request.folder(), Path.of(standard));
  }

  /** Returns the log file of a process; null for the format's own log. */
  final @Nullable Path log(ExportedType type, String number) {
    Path log = request.log();
    return log == null ? null : log.resolve(unit + "-" + type.name() + "." + number + ".log");
  }

  /** Notes a server that the export does not include. */
  final void noteMissing(BackingService service) {
    String variable = service.variables().firstEntry().getKey();
    notes.add(
        "%s is not exported: install %s there, and set %s"
            .formatted(service.name(), service.product(), variable));
  }

  /** Notes the ports of several web processes without a router. */
  final void notePorts(ExportedType type) {
    if (!type.isWeb() || type.count() == 1) return;
    notes.add(
        "web listens on ports %d to %d: put a proxy in front of them, such as nginx"
            .formatted(type.port(), type.port() + type.count() - 1));
  }

  /** Notes the features that a simple supervisor of one machine lacks. */
  final void noteLosses(String supervisor) {
    for (ExportedType type : app.types()) {
      notePorts(type);
      if (type.memory() != null) notes.add(type.name() + " has no memory limit in " + supervisor);
      if (app.before(type).isEmpty()) continue;
      notes.add(type.name() + " waits for no other in " + supervisor);
    }
    app.common().services().forEach(this::noteMissing);
  }
}
