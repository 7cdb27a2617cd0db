package jlocal.cli;

import java.util.List;
import jlocal.formation.ProcessSpec;
import jlocal.json.JsonWriter;
import jlocal.os.Platform;
import jlocal.plan.Plan;
import jlocal.plan.Planner;
import jlocal.plan.RouterPlan;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.Procfile;
import jlocal.procfile.ProcfileReader;

/** {@code jlocal check}: every problem there is, and what would start. */
final class CheckBody implements Body<CheckOptions> {
  @Override
  public int run(CheckOptions options, Context context) throws UserError {
    if (options.json()) return json(options, context);
    var planned = new Planner(options.request(context.environment()), null).planForHeroku();
    if (planned.hasErrors()) throw new UserError(planned.problems());
    new ErrorReport(context.err(), options.debug()).problems(planned.problems());
    Plan plan = planned.value();
    describe(plan, context.out());
    return ExitCode.DONE.status();
  }

  private static int json(CheckOptions options, Context context) throws UserError {
    AppOptions app = options.app();
    Reading<Procfile> read = ProcfileReader.read(app.procfile(), app.procfile().toString());
    if (read.hasErrors()) throw new UserError(read.problems());
    new ErrorReport(context.err(), options.debug()).problems(read.problems());
    List<List<String>> entries =
        read.value().entries().entrySet().stream()
            .map(entry -> List.of(entry.getKey().name(), entry.getValue().line()))
            .toList();
    context.out().exact(JsonWriter.write(entries));
    return ExitCode.DONE.status();
  }

  private static void describe(Plan plan, Out out) {
    int width =
        plan.formation().specs().keySet().stream()
            .mapToInt(name -> name.toString().length())
            .max()
            .orElse(0);
    out.line("would start:");
    for (ProcessSpec spec : plan.formation().specs().values()) {
      String name = spec.name().toString();
      String padding = " ".repeat(width - name.length());
      out.line("  %s%s  port %d  %s".formatted(name, padding, spec.port(), spec.command()));
    }
    RouterPlan router = plan.router();
    if (router != null) {
      out.line("web would be on " + router.addresses(router.port(), router.httpsPort()));
    }
    plan.notes().forEach(out::line);
    out.line("commands run in " + plan.launchContext().shell().path());
    Platform.missing().forEach(out::line);
  }
}
