package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyTest {
  private static final InstanceStatus.Details DETAILS =
      new InstanceStatus.Details(false, List.of(5100, 7), "http://localhost:1", List.of("why"));

  static List<Reply> replies() {
    return List.of(
        new Reply.Info(
            new AppInfo(
                7,
                "/a b",
                "/a b/Procfile",
                "http://localhost:1",
                "http://shop.localhost:1",
                5,
                1,
                2)),
        new Reply.Instances(
            List.of(
                new InstanceStatus(
                    "web.1", "up", 12, 5000, 1500, 2, 1, "ready on port 5000", "", 1.5, 4096, null),
                new InstanceStatus(
                    "job.1", "crashed", 0, 5100, -1, 0, 0, "", "exited", -1, -1, DETAILS))),
        new Reply.Counts(new LinkedHashMap<>(Map.of("web", 2))),
        new Reply.Done(List.of("one", "two")),
        new Reply.Failed(List.of(), List.of("\u001b[31mred"), true),
        new Reply.Failed(List.of("web.1 is up"), List.of("late"), false),
        new Reply.Refused("why", ""));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void written_values_are_read_back(Reply reply) throws Exception {
    String line = reply.line();

    assertThat(line).doesNotContain("\n");
    assertThat(Reply.read(line)).isEqualTo(reply);
  }

  @Test
  void a_stream_is_announced() {
    assertThat(Reply.read(new Reply.Streaming(_ -> {}).line())).isInstanceOf(Reply.Streaming.class);
  }

  @Test
  void a_refusal_is_understood_whatever_the_version() throws Exception {
    String line = "{\"v\":9,\"reply\":\"refused\",\"why\":\"too old\",\"hint\":\"\",\"more\":1}";

    assertThat(Reply.read(line)).isEqualTo(new Reply.Refused("too old", ""));
  }

  @Test
  void any_other_answer_of_another_version_is_not() {
    assertThatThrownBy(() -> Reply.read("{\"v\":9,\"reply\":\"done\",\"did\":[]}"))
        .hasMessageContaining("version 9")
        .hasMessageContaining("version 1");
  }
}
