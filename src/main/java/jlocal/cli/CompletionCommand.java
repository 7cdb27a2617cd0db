package jlocal.cli;

import java.util.List;

/** Prints a script with which a shell completes our command lines. */
record CompletionCommand(Commands commands) implements SubCommand<String> {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "print a script that makes the shell complete jlocal's command lines";
  }

  @Override
  public Arguments arguments() {
    return Arguments.oneOf("bash|zsh|fish", List.of("bash", "zsh", "fish"));
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "source <(jlocal completion bash)", "in ~/.bashrc; the same with zsh in ~/.zshrc"),
        new Example("jlocal completion fish | source", "in ~/.config/fish/config.fish"));
  }

  @Override
  public String read(Settings settings, List<String> words) {
    return words.getFirst();
  }

  @Override
  public Body<String> body() {
    return (shell, context) -> {
      String script =
          shell.equals("fish") ? FishCompletion.script(commands) : BashCompletion.script(commands);
      context.out().writer().print(script);
      return ExitCode.DONE.status();
    };
  }
}
