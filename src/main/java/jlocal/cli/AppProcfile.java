package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jlocal.detect.AppSearch;
import jlocal.detect.PortFlags;
import jlocal.detect.Workspaces.Member;
import jlocal.formation.AppSettings;
import jlocal.plan.AppFiles;
import jlocal.plan.PlanRequest;
import jlocal.plan.ProcfileSource;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import jlocal.procfile.ProcfileReader;
import org.jspecify.annotations.Nullable;

/**
 * The processes of an app, from its Procfile or else detected in its folder, with a port flag for
 * web servers that ignore PORT.
 *
 * @param isNamed whether the Procfile was named, so that it must exist
 * @param hasPortFlags whether port flags are added
 */
record AppProcfile(
    PlanRequest.App app,
    boolean isNamed,
    boolean hasPortFlags,
    Map<String, String> environment,
    AppSettingsReader settings,
    AppAddOns addOns)
    implements ProcfileSource {
  /**
   * Matches commands that may run a server in port-flags.txt, directly or by a script; the table is
   * read only for these.
   */
  static final Pattern MAY_IGNORE_PORT =
      Pattern.compile(
          "\\b(?:npm|yarn|pnpm|bun|vite|vitepress|astro|ng|expo|react-router|remix|nuxt|nuxi|storybook"
              + "|parcel|webpack|webpack-dev-server|rspack|rsbuild|eleventy|wrangler|hugo|jekyll|mkdocs"
              + "|artisan|flask|fastapi|uvicorn|daphne|streamlit|http\\.server|manage\\.py|django-admin"
              + "|rails|rackup|trunk|spring-boot:run|bootRun|quarkus:dev|quarkusDev)(?:\\s|$)");

  private static final Pattern SAYS_PORT = Pattern.compile("PORT\\b");

  static final String PORT_FLAG = "--port-flag";

  /** Returns that of a command line; without port flags for a command that has no such option. */
  static AppProcfile of(Values values, PlanRequest.App app) {
    boolean hasPortFlags = values.has(PORT_FLAG) && values.is(PORT_FLAG);
    var environment = values.context().environment();
    boolean isWatched =
        values.has(WatchOptions.WATCH) && !new WatchOptions(values).words().isEmpty();
    boolean isMeasured = MetricsOptions.isOn(values, app.root());
    Path folder = values.appFolder();
    var settings = new AppSettingsReader(folder, folder, isWatched, isMeasured);
    var addOns = new AppAddOns(app.root(), environment);
    return new AppProcfile(
        app, values.isGiven(AppOptions.PROCFILE), hasPortFlags, environment, settings, addOns);
  }

  /** Returns the same processes, run in a copy of the app's root. */
  AppProcfile in(Path copy) {
    var reader =
        new AppSettingsReader(settings.folder(), copy, settings.isWatched(), settings.isMeasured());
    return new AppProcfile(app, isNamed, hasPortFlags, environment, reader, addOns);
  }

  /** Whether the processes are detected, not read from a Procfile. */
  boolean isDetected() {
    return !isNamed && !Files.exists(app.procfile());
  }

  @Override
  public Reading<Procfile> read(Consumer<String> note) {
    Reading<Procfile> read = isDetected() ? detected(note) : file(note);
    return hasPortFlags && !read.hasErrors() ? withPortFlags(read, note) : read;
  }

  /** Returns the entries without port flags; none if there is no Procfile. */
  Procfile asWritten() {
    return isDetected() ? Procfile.of(new LinkedHashMap<>()) : file().value();
  }

  @Override
  public Reading<AppFiles> complete(AppFiles files, Consumer<String> note) {
    return addOns.complete(files, note);
  }

  @Override
  public Reading<AppSettings> settings(Procfile procfile) {
    return addOns.complete(settings.read(procfile));
  }

  /** Asks the user to choose if there are several apps; null if there is nothing to ask. */
  @Nullable Path ask(Context context) {
    if (!isDetected()) return null;
    AppSearch found = AppSearch.in(app.root().toAbsolutePath(), environment);
    if (!(found instanceof AppSearch.Several(var members))) return null;
    context.err().line("no Procfile here, but:");
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      context.err().line("  %d  %s  (%s)".formatted(i + 1, member.folder(), member.why()));
    }
    String answer = context.ask("which? [1] ");
    if (answer == null) return null;
    String number = answer.isEmpty() ? "1" : answer;
    for (int i = 0; i < members.size(); i++) {
      boolean isIt = number.equals("" + (i + 1)) || number.equals(members.get(i).folder());
      if (isIt) return app.root().resolve(members.get(i).folder()).normalize();
    }
    return null;
  }

  private Reading<Procfile> file() {
    Path file = app.procfile();
    return ProcfileReader.read(file, file.toString());
  }

  /** Reads the Procfile that applies. */
  private Reading<Procfile> file(Consumer<String> note) {
    Path development = app.procfile().resolveSibling(AppOptions.DEVELOPMENT);
    if (!isNamed && app.procfile().equals(development)) {
      note.accept("using Procfile.dev, because there is no Procfile");
    } else if (!isNamed && Files.isRegularFile(development)) {
      note.accept(
          "there is also a Procfile.dev: to use it,  -f Procfile.dev  or  procfile: Procfile.dev "
              + " in .jlocal");
    }
    return file();
  }

  private Reading<Procfile> detected(Consumer<String> note) {
    return switch (AppSearch.in(app.root().toAbsolutePath(), environment)) {
      case AppSearch.One(var detection) -> {
        note.accept("no Procfile: " + detection.sentence() + "; 'jlocal init' writes a Procfile");
        yield Reading.of(detection.procfile());
      }
      case AppSearch.Several(var members) ->
          new Reading<>(Procfile.of(new LinkedHashMap<>()), List.of(several(members)));
      case AppSearch.Nothing _ -> file();
    };
  }

  private Problem several(List<Member> members) {
    String list =
        members.stream()
            .map(member -> member.folder() + " (" + member.why() + ")")
            .collect(Collectors.joining(", "));
    String many = members.size() == 1 ? "an app below it" : "several apps";
    return Problem.error(
            app.procfile().toString(), 0, "no such file, and " + many + " to choose from: " + list)
        .hint(
            "jlocal start -d "
                + members.getLast().folder()
                + "  starts one; a Procfile here could start several");
  }

  /** Adds port flags to web only: other types have no router, and may be known by a fixed port. */
  private Reading<Procfile> withPortFlags(Reading<Procfile> read, Consumer<String> note) {
    Procfile procfile = read.value();
    String type = ProcessType.WEB.name();
    Command web = procfile.commands().get(type);
    if (web == null || SAYS_PORT.matcher(web.line()).find()) return read;
    if (!MAY_IGNORE_PORT.matcher(web.line()).find()) return read;
    Path folder = app.root().toAbsolutePath();
    PortFlags.@Nullable Flag flag = new PortFlags().of(web.line(), folder);
    if (flag == null) return read;
    String added = flag.added().strip();
    note.accept(
        "%s: %s ignores PORT, so it gets  %s  (--no-port-flag turns this off)"
            .formatted(type, flag.server(), added));
    var command = new Command(web.line() + flag.added());
    return new Reading<>(procfile.with(type, command), read.problems());
  }
}
