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

  /** The app's name as units, programs and files have it. */
  final String unit;

  final List<ExportFile> files = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  Exporter(ExportedApp app, ExportRequest request) throws UserError {
    this.app = app;
    this.request = request;
    unit = Names.unit(app.common().name());
  }

  abstract Export export() throws UserError;

  /** A template of the person's, else jlocal's own. */
  final Template template(String name) throws UserError {
    return Template.of(name, request.templates());
  }

  /** The folder of the files, else where they belong. */
  final Path folder(String standard) {
    return Objects.requireNonNullElse(request.folder(), Path.of(standard));
  }

  /** The log file of a process of a type; null for the format's own log. */
  final @Nullable Path log(ExportedType type, String number) {
    Path log = request.log();
    return log == null ? null : log.resolve(unit + "-" + type.name() + "." + number + ".log");
  }

  /** What is to be known of a server that the export does not make. */
  final void noteMissing(BackingService service) {
    String variable = service.variables().firstEntry().getKey();
    notes.add(
        "%s is not exported: install %s %d there, and set %s"
            .formatted(service.name(), service.product(), service.major(), variable));
  }

  /** What is to be known of a type where the processes run on one machine without jlocal. */
  final void noteLoss(ExportedType type, String supervisor) {
    if (type.isWeb() && type.count() > 1) {
      notes.add(
          "web listens on ports %d to %d: put a proxy before them, such as nginx"
              .formatted(type.port(), type.port() + type.count() - 1));
    }
    if (supervisor.isEmpty()) return;
    if (type.memory() != null) notes.add(type.name() + " has no memory limit in " + supervisor);
    if (!app.before(type).isEmpty())
      notes.add(type.name() + " waits for no other in " + supervisor);
  }
}
