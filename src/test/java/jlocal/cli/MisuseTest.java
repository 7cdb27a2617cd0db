package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisuseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "strat              | unknown command 'strat'; did you mean 'start'?",
        "zzz                | unknown command 'zzz'; 'jlocal help' lists them",
        "help strat         | unknown command 'strat'; did you mean 'start'?",
        "-f x               | which command? 'jlocal help' lists them",
        "start --prot 3     | unknown option '--prot'; did you mean '--port'?",
        "start --no-colr    | unknown option '--no-colr'; did you mean '--no-color'?",
        "start --zzz        | unknown option '--zzz'; 'jlocal help start' lists them",
        "config:get --zzz   | unknown option '--zzz'; 'jlocal help config:get' lists them",
        "run -x ls          | unknown option '-x'; 'jlocal help run' lists them"
      })
  void an_unknown_word_is_named_with_the_nearest(String args, String sentence) {
    assertThat(said(args)).isEqualTo(refused(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "start -p           | --port needs a value: -p, --port N",
        "start -e -p 1      | --env needs a value: -e, --env FILE,...",
        "start -m           | --formation needs a value: -m, --formation, -c, --concurrency,"
            + " --scale TYPE=N,...",
        "config -j          | --procfile needs a value: -f, --procfile, -j FILE",
        "start --timestamp=1| --timestamp takes no value",
        "start --no-color=1 | --no-color takes no value",
        "start -h=1         | --help takes no value",
        "start -p x         | --port: 'x' is not a number from 1 to 65535",
        "start -p 0         | --port: '0' is not a number from 1 to 65535",
        "start -p 65536     | --port: '65536' is not a number from 1 to 65535",
        "start -p 99999999999 | --port: '99999999999' is not a number from 1 to 65535",
        "start --proxy-port -1 | --proxy-port: '-1' is not a number from 0 to 65535",
        "start --port-step 0 | --port-step: '0' is not a number from 1 to 10000",
        "start --log-buffer x | --log-buffer: 'x' is not a number from 1 to 1000000",
        "start -t x         | --timeout: 'x' is not a number of seconds, such as 5 or 0.5",
        "start -t -5        | --timeout: '-5' is not a number of seconds, such as 5 or 0.5",
        "start --restart always! | --restart: 'always!' is not one of never, on-crash, always; did"
            + " you mean 'always'?",
        "start --on-exit x  | --on-exit: 'x' is not one of keep, stop",
        "start --color=red  | --color: 'red' is not one of auto, always, never",
        "start -m web=x,=2  | --formation: 'web=x' is not TYPE=N with a number, such as web=2",
        "start web=x        | 'web=x' is not TYPE=N with a number, such as web=2",
        "start -x a/b       | --except: 'a/b' is not a process type, such as web",
        "start web -x web   | 'web' is both asked for and left out by --except"
      })
  void a_value_that_does_not_fit_is_named_with_what_does(String args, String sentence) {
    assertThat(said(args)).isEqualTo(refused(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "start -w           | '-w' of nf: to wrap long lines use --wrap",
        "start -w shop      | '-w' of Overmind, Hivemind: jlocal does not change the terminal's"
            + " title",
        "start -s x.sock    | '-s' of Overmind: jlocal finds the app by its folder; leave it out",
        "check --showenvs   | '--showenvs' of nf: for the environment use  jlocal config",
        "start -i web=INT   | '-i' of Overmind: write  signal.TYPE: INT  into .jlocal",
        "start -m web=2,a   | --formation: 'a' is not TYPE=N, such as a=2; to start only this type"
            + " use  jlocal start a",
        "start --start-cmd=x | '--start-cmd' of heroku local: write the command into a Procfile, as"
            + "  web: COMMAND",
        "start --show-timestamps | '--show-timestamps' of Overmind: use --timestamp",
        "start -exit-on-error | '-exit-on-error' of goreman: to stop all when one exits use"
            + " --on-exit stop",
        "-exit-on-error start | '-exit-on-error' of goreman: to stop all when one exits use"
            + " --on-exit stop",
        "start -set-ports=false | '-set-ports' of goreman: every process gets a PORT and may"
            + " ignore it",
        "start -env x       | '-env' of goreman: use --env FILE",
        "start -port 3000   | unknown option '-port'; did you mean '--port'?",
        "start --no-colour  | '--no-colour' of Honcho: use --no-color",
        "logs -tail         | unknown option '-tail'; did you mean '--tail'?"
      })
  void an_option_of_another_runner_is_answered_with_the_one_here(String args, String sentence) {
    assertThat(said(args)).isEqualTo(refused(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "config foo         | config takes no arguments, but 'foo' was given",
        "config:get         | config:get needs KEY: jlocal config:get KEY",
        "config get A B     | config:get takes one argument; 'B' is too many",
        "run                | run needs COMMAND: jlocal run COMMAND [ARG]...",
        "completion tcsh    | completion: 'tcsh' is not one of bash, zsh, fish",
        "completion         | \"completion needs bash|zsh|fish: jlocal completion bash|zsh|fish\""
      })
  void too_few_or_too_many_words_are_named(String args, String sentence) {
    assertThat(said(args)).isEqualTo(refused(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start -x 8888,9 | nf: means the types to leave out here; for the router's port use"
            + " --proxy-port PORT",
        "start -f 8888 | nf: means the Procfile here; nf's forward proxy is not needed, the router"
            + " listens on --proxy-port",
        "start -c web | Overmind: means a formation here; for types that may exit use --on-exit"
            + " stop --can-die TYPE",
        "start -c mprocs.yaml | mprocs: means a formation here; jlocal start  in its folder prints"
            + " an equivalent Procfile"
      })
  void a_value_of_another_runner_is_answered_with_what_it_means(String args, String sentence) {
    String name = args.split(" ", 3)[1];
    assertThat(said(args).err()).endsWith("hint: '" + name + "' of " + sentence + "\n");
  }

  @Test
  void an_option_without_a_value_elsewhere_is_pointed_out() {
    assertThat(said("start -c").err())
        .isEqualTo(
            """
            jlocal: --formation needs a value: -m, --formation, -c, --concurrency, --scale TYPE=N,...
               hint: '-c' of Foreman: colours are automatic; to force them use --color
            """);
  }

  @Test
  void a_word_behind_run_and_its_options_are_the_commands() {
    assertThat(said("run --env x ls -exit-on-error -s --top").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "top                | 'top' of Docker Compose: use  jlocal ps --watch",
        "quit               | 'quit' of Overmind: use  jlocal stop",
        "run -a app ls      | '-a' of heroku: jlocal uses the app of the folder; for another one"
            + " use --root DIR",
        "start -v           | '-v' of all of them: for the version use  jlocal --version"
      })
  void commands_and_common_options_of_other_tools_are_known(String args, String sentence) {
    assertThat(said(args)).isEqualTo(refused(sentence));
  }

  private static Echo.Said said(String args) {
    return Echo.say(List.of(Typed.words(args)), Map.of(), Typed.HERE);
  }

  private static Echo.Said refused(String sentence) {
    return new Echo.Said(2, "", "jlocal: " + sentence + "\n");
  }
}
