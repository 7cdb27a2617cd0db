package jlocal.cli;

import java.util.List;

/**
 * One command: what it is called, what it accepts, and what it makes of that. The parser, the help,
 * the completions and the settings file all work from this.
 *
 * @param <O> the record of its options
 */
interface SubCommand<O> {
  String name();

  /** Other names people's fingers know. */
  default List<String> aliases() {
    return List.of();
  }

  /** What it does, in a few words without a full stop, for the list of commands. */
  String summary();

  Arguments arguments();

  /** Its options as the help shows them. */
  default List<Group> groups() {
    return List.of(OtherOptions.group());
  }

  /** Command lines and what each does, for the end of its help. */
  default List<Example> examples() {
    return List.of();
  }

  /** Whether standard error belongs to a child, so that not even a warning may be written there. */
  default boolean quiet() {
    return false;
  }

  /**
   * The typed options; problems are left in the settings.
   *
   * @param words the arguments that are not options
   */
  O read(Settings settings, List<String> words);

  Body<O> body();

  /** All options in the order of the help. */
  default List<Option<?>> options() {
    return groups().stream().<Option<?>>flatMap(group -> group.options().stream()).toList();
  }

  /** A command line, and what it does. */
  record Example(String line, String does) {}
}
