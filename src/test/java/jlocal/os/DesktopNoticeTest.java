package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DesktopNoticeTest {
  @Test
  void a_terminal_gets_the_escape_sequence_that_it_supports() {
    assertThat(DesktopNotice.sequence("web.1 crashed", Map.of("TERM", "xterm-256color")))
        .isEqualTo("\033]9;jlocal: web.1 crashed\007");
    assertThat(DesktopNotice.sequence("web.1 crashed", Map.of("TERM", "foot")))
        .isEqualTo("\033]777;notify;jlocal;web.1 crashed\007");
    assertThat(DesktopNotice.sequence("x", Map.of("TERM", "screen", "TMUX", "/tmp/x")))
        .isEqualTo("\033Ptmux;\033\033]9;jlocal: x\007\033\\");
  }
}
