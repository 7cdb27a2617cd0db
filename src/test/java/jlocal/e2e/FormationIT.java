package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which instances run, and on which ports. */
@Execution(ExecutionMode.CONCURRENT)
class FormationIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Sandbox three() throws IOException {
    return sandbox.given(
        "Procfile",
        """
        release: echo never
        web: echo "$DYNO:$PORT"
        clock: echo "$DYNO:$PORT"
        worker: echo "$DYNO:$PORT"
        """);
  }

  private String at(String instance, int offset) {
    return instance + ":" + (sandbox.port() + offset);
  }

  @Test
  void a_port_is_decided_by_the_place_in_the_procfile_release_not_counted() throws Exception {
    Finished done = three().start().end();

    assertThat(done.lines("web.1")).containsExactly(at("web.1", 0));
    assertThat(done.lines("clock.1")).containsExactly(at("clock.1", 100));
    assertThat(done.lines("worker.1")).containsExactly(at("worker.1", 200));
    assertThat(done.out()).doesNotContain("never");
    assertThat(done.status()).isZero();
  }

  @Test
  void types_that_are_left_out_do_not_change_the_ports_of_others() throws Exception {
    Finished named = three().start("worker").end();
    Finished except = sandbox.start("-x", "web,clock").end();

    assertThat(named.lines("worker.1")).containsExactly(at("worker.1", 200));
    assertThat(except.lines("worker.1")).containsExactly(at("worker.1", 200));
    assertThat(named.out() + except.out()).doesNotContain("web.1").doesNotContain("clock.1");
  }

  @Test
  void instances_of_a_type_have_ports_in_a_row() throws Exception {
    Finished option = three().start("-m", "all=1,worker=3,clock=0").end();
    Finished words = sandbox.start("worker=2").end();

    assertThat(option.lines("worker.1")).containsExactly(at("worker.1", 200));
    assertThat(option.lines("worker.3")).containsExactly(at("worker.3", 202));
    assertThat(option.lines("web.1")).hasSize(1);
    assertThat(option.out()).doesNotContain("clock.1");
    assertThat(words.lines("worker.2")).containsExactly(at("worker.2", 201));
    assertThat(words.out()).doesNotContain("web.1");
  }

  @Test
  void release_runs_when_it_is_named() throws Exception {
    Finished done = three().start("release").end();

    assertThat(done.lines("release.1")).containsExactly("never");
    assertThat(done.status()).isZero();
  }
}
