package jlocal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.control.InstanceStatus;
import jlocal.logs.Announcer;

/** Instances as {@code ps} shows them to a person. */
final class PsTable {
  private static final List<String> TITLES =
      List.of("NAME", "STATE", "PID", "PORT", "UPTIME", "RESTARTS", "CPU", "MEMORY", "LAST EXIT");
  private static final List<Integer> NUMBERS = List.of(2, 3, 4, 5, 6, 7);
  private static final String NONE = "-";

  private PsTable() {}

  static List<String> lines(List<InstanceStatus> instances) {
    var rows = new ArrayList<List<String>>();
    rows.add(TITLES);
    instances.forEach(it -> rows.add(row(it)));
    return Table.lines(rows, NUMBERS);
  }

  private static List<String> row(InstanceStatus it) {
    return List.of(
        it.name(),
        it.state(),
        it.pid() == 0 ? NONE : Long.toString(it.pid()),
        Integer.toString(it.port()),
        it.uptimeMs() < 0 ? NONE : Announcer.span(Duration.ofMillis(it.uptimeMs())),
        Integer.toString(it.restarts()),
        it.cpu() < 0 ? NONE : tenths(it.cpu()) + "%",
        it.memory() < 0 ? NONE : memory(it.memory()),
        it.lastExit().isEmpty() ? NONE : it.lastExit());
  }

  /** With one decimal place. String.format would load all there is of locales for it, 5 ms. */
  private static String tenths(double number) {
    long tenths = Math.round(number * 10);
    return tenths / 10 + "." + tenths % 10;
  }

  /** In units of 1024, as top(1) has it. */
  static String memory(long bytes) {
    double mega = bytes / 1024.0 / 1024.0;
    if (mega < 1) return bytes / 1024 + " KB";
    if (mega < 10) return tenths(mega) + " MB";
    if (mega < 10_240) return Math.round(mega) + " MB";
    return tenths(mega / 1024) + " GB";
  }
}
