package jlocal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Typed options of a command line, and the warnings that came with them. */
record Typed<O>(O options, List<Problem> warnings) {
  static final Path HERE = Path.of("");

  /** The options of {@code start} with these arguments, separated by blanks. */
  static StartOptions start(String args) throws UserError {
    return start(args, Map.of(), HERE).options();
  }

  static Typed<StartOptions> start(String args, Map<String, String> environment, Path directory)
      throws UserError {
    return of(new StartCommand(), List.of(words(args)), environment, directory);
  }

  static Values run(String... args) throws UserError {
    return of(new RunCommand(), List.of(args), Map.of(), HERE).options();
  }

  static String[] words(String args) {
    return Stream.of(args.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  static <O> Typed<O> of(
      Subcommand<O> command, List<String> args, Map<String, String> environment, Path directory)
      throws UserError {
    var out = new Out(new PrintWriter(new StringWriter()), false);
    var context = new Context(out, out, environment, directory);
    Values values = Values.parse(command, args, context);
    O options = command.read(values);
    return new Typed<>(options, values.warnings());
  }
}
