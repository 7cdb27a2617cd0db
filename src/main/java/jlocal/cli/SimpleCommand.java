package jlocal.cli;

/** A command that reads its options where it needs them. */
abstract class SimpleCommand extends Subcommand<Values> {
  SimpleCommand(String name, String... aliases) {
    super(name, aliases);
  }

  @Override
  Values read(Values values) {
    return values;
  }
}
