package jlocal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jlocal.Await;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.Cgroup;
import jlocal.os.RunId;
import jlocal.os.RunProcesses;
import jlocal.os.Shell;
import jlocal.os.Spawner;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;

/** Runs real children under a manager, and records their events. */
final class ManagerFixture implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  final List<ProcessEvent> events = new CopyOnWriteArrayList<>();
  final Collected outputs = new Collected();
  final ProcessManager manager;
  private final RunId id = new RunId("e57", System.nanoTime(), 0);
  private final RunProcesses processes;

  ManagerFixture(Path root, RestartPolicy restart, Duration grace) {
    var launchContext = new LaunchContext(Shell.standard(), root, id, Map.of(), null);
    var options = new ProcessManager.Options(restart, grace, launchContext);
    var spawner = new Spawner(Cgroup.none());
    processes = spawner.processes(id);
    manager = new ProcessManager(options, spawner, outputs, processes);
    manager.listen(events::add);
  }

  /** Starts one instance of each type; commands by type. */
  void run(Map<String, String> commands, int port) {
    var specs = new LinkedHashMap<InstanceName, ProcessSpec>();
    commands.forEach((type, line) -> {
      var environment = new LinkedHashMap<>(Map.of("PORT", Integer.toString(port)));
      specs.put(name(type), new ProcessSpec(name(type), new Command(line), port, environment));
    });
    manager.apply(new Formation(specs));
  }

  static InstanceName name(String type) {
    return new InstanceName(new ProcessType(type), 1);
  }

  String output(String type) {
    return outputs.of(name(type));
  }

  <E extends ProcessEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for a condition, not for a time. */
  void until(String what, BooleanSupplier condition) {
    Await.until(what, condition, () -> events);
  }

  void shutdown() {
    manager.shutdown().toCompletableFuture().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  int left() {
    return processes.count();
  }

  @Override
  public void close() {
    shutdown();
    manager.close();
  }
}
