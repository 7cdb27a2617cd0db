package jlocal.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page jlocal(1), generated from the same commands and options as the help; see man(7).
 */
public final class ManPage {
  private final StringBuilder roff = new StringBuilder();

  private ManPage() {}

  /** Prints it; for the packages, not for users. */
  public static void main(String[] args) {
    byte[] page = of(new Commands()).getBytes(StandardCharsets.UTF_8);
    System.out.write(page, 0, page.length);
    System.out.flush();
  }

  static String of(Commands commands) {
    var page = new ManPage();
    page.line(".TH JLOCAL 1 \"\" \"" + text(VersionCommand.line()) + "\" \"User Commands\"");
    page.line(".SH NAME");
    page.line("jlocal \\- runs the process types of a Procfile: your Heroku on localhost");
    page.line(".SH SYNOPSIS");
    page.line(".B jlocal");
    page.line(".I COMMAND");
    page.line("[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...");
    page.line(".SH COMMANDS");
    commands.all().forEach(page::command);
    return page.roff.toString();
  }

  private void command(Subcommand<?> command) {
    PositionalParamSpec arguments = command.arguments();
    String label = arguments == null ? "" : " " + arguments.paramLabel();
    line(".SS " + text(command.name() + label));
    List.of(HelpCommand.description(command)).forEach(sentence -> line(text(sentence)));
    CommandSpec spec = command.documented(command.allOptions());
    for (OptionSpec option : spec.options()) {
      line(".TP");
      line("\\fB" + text(Options.signature(option)) + "\\fR");
      line(text(option.description()[0]));
    }
    String[] examples = spec.usageMessage().footer();
    for (int i = 0; i + 1 < examples.length; i += 2) {
      line(".PP");
      line("\\fB" + text(examples[i].strip()) + "\\fR: " + text(examples[i + 1].strip()));
    }
  }

  private void line(String line) {
    roff.append(line).append('\n');
  }

  /** Escapes backslashes, hyphens and leading dots for roff. */
  private static String text(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
