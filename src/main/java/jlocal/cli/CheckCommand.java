package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.deploy.DeployCheck;
import jlocal.os.Machine;
import jlocal.plan.Plan;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.plan.RouterPlan;
import jlocal.plan.StartOrderText;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.procfile.Procfile;

/** Prints all problems, and the processes that would start. */
final class CheckCommand extends Subcommand<CheckCommand.Check> {
  CheckCommand() {
    super("check");
    takes("[TYPE | TYPE=N]...");
  }

  /**
   * The input of a check.
   *
   * @param json whether only the Procfile is read, and printed as JSON
   */
  record Check(PlanRequest request, AppProcfile procfile, boolean json) {}

  @Override
  List<OptionGroup> options() {
    var groups = new ArrayList<>(PlanOptions.groups());
    groups.addFirst(new OptionGroup("Output", Options.flag(Options.JSON)));
    return groups;
  }

  @Override
  Check read(Values values) {
    PlanRequest request = PlanOptions.from(values, values.arguments());
    var procfile = AppProcfile.of(values, request.app());
    return new Check(request, procfile, values.is(Options.JSON));
  }

  @Override
  int run(Check check, Context context) throws UserError {
    if (check.json()) return json(check.procfile(), context);
    var planner = new Planner(check.request(), check.procfile(), null);
    Plan plan = context.checked(planner.planForHeroku());
    context.report(wouldMiss(check));
    describe(plan, planner, context.out());
    AppJsonSetup.describe(check.request().app(), context);
    return ExitCode.DONE.status();
  }

  /** Returns the problems that a deploy would have. */
  private static List<Problem> wouldMiss(Check check) {
    PlanRequest.App app = check.request().app();
    Procfile types = check.procfile().asWritten();
    var vars = app.vars().value();
    return new DeployCheck(app.root(), app.procfile(), types).problems(vars);
  }

  private static int json(AppProcfile procfile, Context context) throws UserError {
    List<List<String>> entries =
        context.checked(procfile.read(_ -> {})).entries().entrySet().stream()
            .map(entry -> List.of(entry.getKey().name(), entry.getValue().line()))
            .toList();
    context.out().json(entries);
    return ExitCode.DONE.status();
  }

  private static void describe(Plan plan, Planner planner, Out out) {
    String ownPorts = planner.ownPorts();
    out.line("would start:");
    List<List<String>> rows =
        plan.formation().specs().values().stream()
            .map(spec -> List.of("  " + spec.name(), "port " + spec.port(), "" + spec.command()))
            .toList();
    out.table(rows);
    StartOrderText.lines(plan.formation()).forEach(out::line);
    RouterPlan router = plan.router();
    if (router != null) {
      out.line("web would be on " + router.addresses(router.port(), router.httpsPort()));
    }
    plan.notes().forEach(out::line);
    String env = MainCheckoutEnv.hint(planner.request().app());
    if (env != null) out.line(env);
    if (!ownPorts.isEmpty()) out.line(ownPorts);
    out.line("commands run in " + plan.launchContext().shell().path());
    Machine.missing().forEach(out::line);
  }
}
