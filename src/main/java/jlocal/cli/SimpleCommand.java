package jlocal.cli;

/** A command that reads its options directly from the values. */
abstract class SimpleCommand extends Subcommand<Values> {
  SimpleCommand(String name, String... aliases) {
    super(name, aliases);
  }

  @Override
  Values read(Values values) {
    return values;
  }
}
