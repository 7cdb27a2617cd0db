package jlocal.deploy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.detect.PortFlags;
import jlocal.detect.ProjectFolder;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Checks whether web listens on the port that Heroku assigns. */
record WebPortCheck(ProjectFolder folder, @Nullable GitRepository repository) {
  /** Heroku's error message. */
  private static final String R10 =
      ": on Heroku, Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60"
          + " seconds of launch";

  /** Servers that listen on PORT by default. */
  private static final Pattern READS_PORT =
      Pattern.compile(
          "(?:gunicorn|next|serve|http-server|nuxt|react-scripts|react-router-serve|remix-serve"
              + "|(?:bin/)?rails|\\S*heroku-php-\\w+|node\\s.*\\.output/server/)\\b.*");

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:--(?:port|bind|listen|server\\.port)|-[pb]|runserver|http\\.server)[ =]?"
              + "(?:\\S*:)?(\\d{2,5})\\b");

  /** A source line that listens on a fixed port. */
  private static final String LISTENS =
      ".*(?:\\.listen\\(\\s*\\d{2,5}\\b|\\.run\\(.*\\bport\\s*=\\s*\\d|ListenAndServe\\(\"[^\"]*:\\d"
          + "|HTTPServer\\(\\(.*\\b\\d{2,5}\\b).*";

  /** Returns a warning if web is among the commands and does not. */
  List<Problem> problems(List<DynoCommand> commands) {
    List<DynoCommand> web = commands.stream().filter(it -> it.type().equals("web")).toList();
    if (web.isEmpty() || web.stream().anyMatch(it -> it.text().contains("PORT"))) return List.of();
    DynoCommand typed = web.getFirst();
    DynoCommand last = web.getLast();
    PortFlags.@Nullable Flag flag = new PortFlags().of(typed.text(), folder.path());
    if (flag != null) {
      return List.of(
          typed
              .warning("web runs " + flag.server() + ", which ignores PORT" + R10)
              .hint(
                  "write  web: %s%s  (the flag is added here, but not on Heroku)"
                      .formatted(typed.text(), flag.added())));
    }
    Matcher number = NUMBER.matcher(last.text());
    if (number.find()) {
      String what = "web listens on " + number.group(1) + " instead of $PORT" + R10;
      return List.of(last.warning(what).hint("write $PORT for " + number.group(1)));
    }
    for (String name : last.words()) {
      String source = name.matches(".*\\.(?:[cm]?js|ts|py|rb|go)") ? folder.text(name) : null;
      int line = source == null || source.contains("PORT") ? 0 : DynoCommand.line(source, LISTENS);
      if (line == 0) continue;
      String what = "web listens on its own port instead of $PORT" + R10;
      return List.of(Problem.warning(name, line, what).hint("take the port from PORT"));
    }
    boolean isKnown = last.programs().stream().anyMatch(READS_PORT.asMatchPredicate());
    if (isKnown || repository == null || repository.mentions("PORT")) return List.of();
    String what = "neither web's command nor a file in git mentions PORT" + R10;
    return List.of(typed.warning(what).hint("let it listen on $PORT"));
  }
}
