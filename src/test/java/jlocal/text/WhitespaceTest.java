package jlocal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WhitespaceTest {
  /** ECMA-262: WhiteSpace and LineTerminator, of which LF and CR end our lines. */
  private static final String JAVASCRIPT =
      "\t\u000B\f \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
          + "\u2028\u2029\u202F\u205F\u3000\uFEFF";

  @Test
  void blanks_are_the_white_space_of_javascript() {
    var expression = Pattern.compile(Whitespace.CLASS);
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      boolean blank = JAVASCRIPT.indexOf(c) >= 0;
      assertThat(Whitespace.isBlank(c)).as("U+%04X", (int) c).isEqualTo(blank);
      assertThat(expression.matcher(String.valueOf(c)).matches()).isEqualTo(blank);
    }
  }

  @Test
  void trimming_takes_blanks_from_both_ends_only() {
    assertThat(Whitespace.trim("\u00A0\t a b \u3000")).isEqualTo("a b");
    assertThat(Whitespace.trim(" \t")).isEmpty();
    assertThat(Whitespace.trim("\u0085a\u001C")).isEqualTo("\u0085a\u001C");
  }
}
