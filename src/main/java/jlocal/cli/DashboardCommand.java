package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.app.AppPlan;
import jlocal.app.RunningApp;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.dashboard.Dashboard;
import jlocal.json.JsonFields;
import jlocal.os.Browser;
import jlocal.plan.PlanRequest;
import org.jspecify.annotations.Nullable;

/** Opens the dashboard of the running app in the browser. */
final class DashboardCommand extends RunningAppCommand {
  /** The option of start that lets the page show the bodies of requests. */
  static final String INSPECT = "--inspect";

  private static final String NAME = "dashboard";
  private static final String OPEN = "--open";

  DashboardCommand() {
    super(NAME, "ui");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(new OptionGroup("Output", Options.flagOn(OPEN)));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return open(app, "", values.is(OPEN), context);
  }

  /**
   * Opens the dashboard.
   *
   * @param more parameters of its address
   * @param inBrowser whether to open it in a browser, not only print its address
   */
  static int open(AppClient app, String more, boolean inBrowser, Context context)
      throws IOException {
    return app.question(
        Request.of(NAME, "open", false),
        (reply, _) -> {
          if (!(reply instanceof Reply.Done(var did))) return app.tell(reply);
          String link = did.getFirst() + more;
          boolean opened = inBrowser && Browser.open(link, context.environment());
          context.out().line(opened ? "opening " + link : link);
          return ExitCode.DONE.status();
        });
  }

  /** Serves the dashboard in the app; loads no class of it until it is requested. */
  static final class InApp implements AppPlan.Feature {
    private final boolean inspects;
    private final PlanRequest.App files;
    private @Nullable Dashboard dashboard;

    InApp(boolean inspects, PlanRequest.App files) {
      this.inspects = inspects;
      this.files = files;
    }

    @Override
    public void start(RunningApp app) {
      app.inside().commands().add(NAME, request -> answer(app, request));
      String hint = "'jlocal dashboard', or d in the log, shows more.";
      app.inside()
          .router()
          .accept(router -> {
            router.pointFromErrors(hint, "");
            if (inspects) router.keepBodies();
          });
    }

    private synchronized Reply answer(RunningApp app, JsonFields request) {
      try {
        if (dashboard == null) dashboard = AddOnPages.dashboard(app, files.root());
      } catch (IOException e) {
        return new Reply.Refused("the dashboard cannot be opened: " + e.getMessage(), "");
      }
      String link = dashboard.newLink();
      if (request.flag("open")) {
        boolean opened = Browser.open(link, System.getenv());
        app.say().accept(opened ? "opening the dashboard" : "the dashboard is on " + link);
      }
      return new Reply.Done(List.of(link));
    }
  }
}
