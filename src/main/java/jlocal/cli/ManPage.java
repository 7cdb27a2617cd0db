package jlocal.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, jlocal(1), from the same commands and options as the help; man(7). */
public final class ManPage {
  private final StringBuilder roff = new StringBuilder();

  private ManPage() {}

  /** Prints it; for the packages, not for users. */
  public static void main(String[] args) {
    byte[] page = of(Commands.ofJlocal()).getBytes(StandardCharsets.UTF_8);
    System.out.write(page, 0, page.length);
    System.out.flush();
  }

  static String of(Commands commands) {
    var page = new ManPage();
    page.line(".TH JLOCAL 1 \"\" \"" + text(VersionCommand.line()) + "\" \"User Commands\"");
    page.section("NAME");
    page.line("jlocal \\- runs the process types of a Procfile: your Heroku on localhost");
    page.section("SYNOPSIS");
    page.line(".B jlocal");
    page.line(".I COMMAND");
    page.line("[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...");
    page.section("COMMANDS");
    commands.all().forEach(page::command);
    return page.roff.toString();
  }

  private void command(Subcommand<?> command) {
    String summary = command.summary();
    PositionalParamSpec arguments = command.arguments();
    String label = arguments == null ? "" : " " + arguments.paramLabel();
    line(".SS " + text(command.name() + label));
    line(text(summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + "."));
    if (!command.aliases().isEmpty()) {
      line("Also: " + text(String.join(", ", command.aliases())) + ".");
    }
    command.allOptions().forEach(group -> group.options().forEach(this::option));
    command.examples().forEach(this::example);
  }

  private void option(OptionSpec option) {
    line(".TP");
    line("\\fB" + text(Options.signature(option)) + "\\fR");
    line(text(option.description()[0]));
  }

  private void example(Subcommand.Example example) {
    line(".PP");
    line("\\fB" + text(example.line()) + "\\fR: " + text(example.does()));
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void line(String line) {
    roff.append(line).append('\n');
  }

  /** Backslashes, hyphens and leading dots mean something to roff. */
  private static String text(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
