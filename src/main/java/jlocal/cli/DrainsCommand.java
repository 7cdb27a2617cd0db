package jlocal.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.app.AppPlan;
import jlocal.app.RunningApp;
import jlocal.control.AppKey;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.drains.DrainList;
import jlocal.drains.DrainList.Drain;
import jlocal.drains.Drains;
import jlocal.os.User;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Lists, adds or removes the log drains of an app. */
final class DrainsCommand extends SimpleCommand {
  static final String ADD = "drains:add";
  static final String REMOVE = "drains:remove";

  private static final String REQUEST = "drains";

  DrainsCommand(String name) {
    super(name);
    if (name.equals(ADD)) takes("URL", "1");
    if (name.equals(REMOVE)) takes("URL | TOKEN", "1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(new OptionGroup("Which app", AppOptions.procfile(), AppOptions.root()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    AppOptions app = AppOptions.from(values);
    var list = new DrainList(file(app.files().key(), context.environment()));
    if (!values.arguments().isEmpty()) {
      String text = values.arguments().getFirst();
      context.out().line(name().equals(ADD) ? added(list, text) : removed(list, text));
      var _ = new AppClient(app.files().key(), true, context).reply(Request.of(REQUEST));
      return ExitCode.DONE.status();
    }
    List<Drain> drains = list.all();
    if (drains.isEmpty()) context.err().line("no drains: 'jlocal drains:add URL' adds one");
    drains.forEach(drain -> context.out().line(drain.toString()));
    return ExitCode.DONE.status();
  }

  private static String added(DrainList list, String text) throws IOException, UserError {
    URI uri = DrainList.url(text);
    if (uri == null) {
      throw new UserError(
          "'" + Printable.of(text) + "' is not the URL of a drain",
          "syslog://HOST:PORT, syslog+tls://HOST:PORT, syslog+udp://HOST:PORT or" + " https://…");
    }
    Drain drain = list.add(uri);
    if (drain == null) throw new UserError(Problem.error("this drain already exists"));
    return "Successfully added drain " + drain;
  }

  private static String removed(DrainList list, String text) throws IOException, UserError {
    Drain drain = list.remove(text);
    if (drain != null) return "Successfully removed drain " + drain;
    throw new UserError(
        "there is no such drain",
        "'jlocal drains' lists them; name one by its URL or by its token, d.…");
  }

  private static Path file(AppKey app, Map<String, String> environment) {
    return User.dataFolder(environment).resolve("drains").resolve(app.fileName());
  }

  /** Sends the log in the app; loads no class of drains while there are none. */
  static final class InApp implements AppPlan.Feature {
    private final Path file;
    private @Nullable Drains drains;

    InApp(AppKey app, Context context) {
      file = file(app, context.environment());
    }

    @Override
    public void start(RunningApp app) {
      app.inside().commands().add(REQUEST, _ -> apply(app, false));
      if (Files.exists(file)) apply(app, true);
    }

    private synchronized Reply apply(RunningApp app, boolean isFromStart) {
      try {
        if (drains == null) drains = Drains.of(app);
        drains.apply(new DrainList(file), isFromStart);
        return new Reply.Done(List.of());
      } catch (IOException e) {
        app.say().accept("the drains cannot be read: " + e.getMessage());
        return new Reply.Refused(String.valueOf(e.getMessage()), "");
      }
    }
  }
}
