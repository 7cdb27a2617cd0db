package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.plan.PlanRequest;

/**
 * Which app is meant: the options every command takes, also before its name.
 *
 * @param procfile as the user named it, relative to the working directory
 * @param procfileNamed whether somebody asked for this file, so that it must exist
 * @param root the app's folder; the empty path for the working directory
 * @param envFiles those that were named, in order, so that they must exist; empty for {@code .env}
 *     of the root, if there is one
 * @param port the base of the PORTs
 */
record AppOptions(
    Path procfile,
    boolean procfileNamed,
    Path root,
    List<Path> envFiles,
    PlanRequest.Setting<Integer> port) {

  /** What nf takes after {@code -f}; a Procfile of such a name is {@code ./5000}. */
  private static final Pattern PORT_NUMBER = Pattern.compile("[0-9]+");

  static final Option<Path> PROCFILE =
      Option.of(
              "-f, --procfile",
              Kind.FILE.or(AppOptions::procfile),
              "Procfile",
              "the Procfile; its folder is the app's root")
          .also("-j");
  static final Option<Path> ROOT =
      Option.of(
          "-d, --root", Kind.DIRECTORY, "", "the app's root (default: the Procfile's folder)");
  static final Option<List<Path>> ENV =
      Option.of(
          "-e, --env", Kind.FILES, "", "env files; a later one wins (default: .env, if there)");
  static final Option<Integer> PORT =
      Option.of(
          "-p, --port",
          Kind.number(1, 65_535),
          "5000",
          "base of the PORTs (default: PORT in .env, else in the environment, else 5000)");

  /** Which files are read. */
  static final List<Option<?>> FILES = List.of(PROCFILE, ROOT, ENV);

  /** All of them. */
  static final List<Option<?>> OPTIONS = List.of(PROCFILE, ROOT, ENV, PORT);

  AppOptions {
    envFiles = List.copyOf(envFiles);
  }

  static AppOptions from(Settings settings) {
    boolean named = settings.isGiven(PROCFILE);
    boolean rooted = settings.isGiven(ROOT);
    Path root = settings.get(ROOT);
    Path procfile = named || !rooted ? settings.get(PROCFILE) : root.resolve(PROCFILE.fallback());
    return new AppOptions(
        procfile,
        named,
        rooted ? root : folder(procfile),
        settings.get(ENV),
        settings.withOrigin(PORT));
  }

  PlanRequest.App files() {
    return new PlanRequest.App(procfile, root, envFiles);
  }

  private static Path folder(Path procfile) {
    Path parent = procfile.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static Path procfile(String text, Path base) throws BadValue {
    if (!PORT_NUMBER.matcher(text).matches()) return base.resolve(text);
    throw new BadValue(
        "'%s' is not a Procfile; nf's forward proxy is not needed, the router listens on --proxy-port"
            .formatted(text));
  }
}
