package jlocal.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.config.EnvFiles;
import jlocal.control.ControlClient;
import jlocal.control.ControlFolder;
import jlocal.os.Cgroup;
import jlocal.os.ListeningProcesses;
import jlocal.os.Machine;
import jlocal.os.Ports;
import jlocal.os.RunProcesses;
import jlocal.os.Shell;
import jlocal.problem.Problem;
import jlocal.tls.CertificateAuthority;

/**
 * Checks the machine, the caller's environment and an app. Changes and starts nothing.
 *
 * @param system the root of the file system
 * @param app the app's root
 * @param environment the caller's
 */
public record Doctor(Path system, Path app, Map<String, String> environment) {
  private static final int MIN_FILES = 1024;
  private static final int MIN_PROCESSES = 512;
  private static final int MIN_WATCHES = 65_536;
  private static final int MIN_INSTANCES = 128;

  /**
   * Returns all findings.
   *
   * @param onTerminal whether standard output is a terminal
   * @param ports the first ports that a start would use
   */
  public List<Finding> examine(boolean onTerminal, List<Integer> ports) {
    var all = new ArrayList<Finding>();
    all.add(java());
    all.add(shell(Shell.standard()));
    all.add(home());
    all.add(locale());
    all.add(terminal(onTerminal));
    all.addAll(limits());
    all.addAll(groups());
    ports.forEach(port -> all.add(port(port)));
    all.add(proxies());
    all.add(certificates());
    all.addAll(envFile());
    all.addAll(state());
    Machine.missing().forEach(sentence -> all.add(Finding.fine("system", sentence)));
    return all;
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  Finding java() {
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    String home = variable("JAVA_HOME");
    return home.isEmpty() || Files.isExecutable(Path.of(home, "bin", "java"))
        ? Finding.fine("jdk", found)
        : Finding.wrong(
            "jdk", found, "JAVA_HOME=" + home + " has no bin/java: unset or correct it");
  }

  static Finding shell(Shell shell) {
    String path = shell.path().toString();
    return path.endsWith("bash")
        ? Finding.fine("shell", path)
        : new Finding("shell", true, path, "Heroku has bash: install it, or use --shell");
  }

  Finding home() {
    String home = variable("HOME");
    if (home.isEmpty()) return Finding.wrong("home", "HOME is not set", "export HOME=/some/folder");
    return Files.isWritable(Path.of(home))
        ? Finding.fine("home", home)
        : Finding.wrong(
            "home", home + " cannot be written", "caches and certificates cannot be stored");
  }

  Finding locale() {
    String name =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .filter(variable -> !variable(variable).isEmpty())
            .findFirst()
            .orElse("");
    String value = name.isEmpty() ? "none is set" : name + "=" + variable(name);
    return value.matches("(?i).*utf-?8")
        ? Finding.fine("locale", value)
        : Finding.wrong(
            "locale", value, "programs may print ? for é: export LC_ALL=C.UTF-8 (or en_US.UTF-8)");
  }

  Finding terminal(boolean is) {
    if (!is) return Finding.fine("terminal", "none: no colours, and no keys");
    String term = variable("TERM");
    return term.isEmpty() || term.equals("dumb")
        ? Finding.wrong("terminal", "TERM=" + term, "export TERM=xterm-256color")
        : Finding.fine("terminal", "TERM=" + term);
  }

  List<Finding> limits() {
    var all = new ArrayList<Finding>();
    String limits = read("proc/self/limits");
    limit(all, "files", soft(limits, "Max open files"), MIN_FILES, "ulimit -n 4096");
    limit(all, "processes", soft(limits, "Max processes"), MIN_PROCESSES, "ulimit -u 4096");
    for (var minimum : Map.of("watches", MIN_WATCHES, "instances", MIN_INSTANCES).entrySet()) {
      String key = "fs.inotify.max_user_" + minimum.getKey();
      String value = read("proc/sys/" + key.replace('.', '/')).strip();
      limit(
          all,
          minimum.getKey(),
          value,
          minimum.getValue(),
          "sudo sysctl " + key + "=" + 8 * minimum.getValue());
    }
    return all;
  }

  private static void limit(List<Finding> to, String check, String value, int least, String todo) {
    if (value.isEmpty()) return;
    boolean isEnough = !value.matches("[0-9]{1,9}") || Integer.parseInt(value) >= least;
    String found = "at most " + value;
    to.add(
        isEnough
            ? Finding.fine(check, found)
            : Finding.wrong(check, found + ", which is low", todo));
  }

  private static String soft(String limits, String name) {
    return limits
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
        .findFirst()
        .orElse("");
  }

  /** Checks the control group: proc(5), cgroups(7). */
  List<Finding> groups() {
    String group =
        read("proc/self/cgroup").lines().filter(it -> it.startsWith("0::/")).findFirst().orElse("");
    if (group.isEmpty()) return List.of(Finding.fine("cgroup", "no cgroup v2 here"));
    String folder = "sys/fs/cgroup" + group.substring(3).replaceAll("/$", "");
    var all = new ArrayList<Finding>();
    boolean isOurs = Files.isWritable(system.resolve(folder).resolve("cgroup.procs"));
    all.add(
        Finding.fine(
            "cgroup",
            isOurs
                ? "each run has a group of its own"
                : "no group can be created: processes that leave their session are found by their"
                    + " environment"));
    String most = read(folder + "/pids.max").strip();
    String now = read(folder + "/pids.current").strip();
    if (most.matches("[0-9]{1,9}") && now.matches("[0-9]{1,9}")) {
      int left = Integer.parseInt(most) - Integer.parseInt(now);
      String found = now + " of " + most + " processes and threads";
      all.add(
          left >= MIN_PROCESSES / 4
              ? Finding.fine("cgroup", found)
              : Finding.wrong("cgroup", found, "raise its pids.max (docker run --pids-limit)"));
    }
    return all;
  }

  static Finding port(int port) {
    if (Ports.isFree(port)) return Finding.fine("port", port + " is free");
    ListeningProcesses.Holder holder = ListeningProcesses.holder(port);
    String by = holder == null ? "another program" : holder.toString();
    String todo = "other ports are used, unless --strict-port; AirPlay on macOS uses 5000";
    return new Finding("port", true, port + " is in use by " + by, todo);
  }

  Finding proxies() {
    String proxy =
        Stream.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
            .filter(name -> !variable(name).isEmpty())
            .findFirst()
            .orElse("");
    String except = variable("no_proxy") + "," + variable("NO_PROXY");
    if (proxy.isEmpty()) return Finding.fine("proxy", "none");
    return except.contains("localhost") || except.contains("*")
        ? Finding.fine("proxy", proxy + ", not for localhost")
        : Finding.wrong(
            "proxy",
            proxy + " is set, also for localhost",
            "export no_proxy=localhost,127.0.0.1,::1,.localhost");
  }

  Finding certificates() {
    if (!CertificateAuthority.exists(environment)) {
      return Finding.fine("certificates", "none yet: start --https creates them");
    }
    try {
      var authority = CertificateAuthority.of(environment);
      return Finding.fine(
          "certificates",
          authority.certificateFile() + ", until " + authority.certificate().getNotAfter());
    } catch (IOException e) {
      return Finding.wrong("certificates", String.valueOf(e.getMessage()), "delete that folder");
    }
  }

  List<Finding> envFile() {
    Path file = app.resolve(".env");
    if (!Files.isRegularFile(file)) return List.of(Finding.fine(".env", "none"));
    var all = new ArrayList<Finding>();
    for (Problem problem : EnvFiles.readIfPresent(file, ".env").problems()) {
      String found = "line " + problem.line() + ": " + problem.what();
      all.add(Finding.wrong(".env", found, Objects.requireNonNullElse(problem.hint(), "")));
    }
    if (read(file).contains("\r\n")) {
      String todo = "shells that read it get a \\r in each value: sed -i 's/\\r$//' .env";
      all.add(Finding.wrong(".env", "Windows line ends", todo));
    }
    return all.isEmpty() ? List.of(Finding.fine(".env", "no problems")) : all;
  }

  List<Finding> state() {
    var all = new ArrayList<Finding>();
    var left = RunProcesses.leftIn(app, Cgroup.none()).remaining();
    if (!left.isEmpty()) {
      String pids = left.stream().map(it -> "" + it.pid()).collect(Collectors.joining(" "));
      all.add(
          Finding.wrong(
              "state",
              "a killed run of this app has left processes: " + pids,
              "jlocal start  ends them, or: kill " + pids));
    }
    try {
      int apps = ControlClient.runningApps(environment).size();
      all.add(
          Finding.fine("state", apps == 0 ? "no app is running" : apps + " running (jlocal ls)"));
    } catch (ControlFolder.Unsafe e) {
      all.add(Finding.wrong("state", String.valueOf(e.getMessage()), "remove it, or chmod 700"));
    } catch (IOException e) {
      all.add(Finding.wrong("state", String.valueOf(e.getMessage()), "set XDG_RUNTIME_DIR"));
    }
    return all;
  }

  private String read(String file) {
    return read(system.resolve(file));
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // Files under /proc/sys return their text to the first read only, whatever its size.
      byte[] text = new byte[1 << 16];
      return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
