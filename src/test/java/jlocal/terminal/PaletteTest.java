package jlocal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  @Test
  void a_type_keeps_the_colour_of_its_place() {
    var types = List.of(ProcessType.WEB, new ProcessType("worker"), new ProcessType("clock"));
    var palette = new Palette(types);
    assertThat(on(palette, Painted.app("clock", 1))).isEqualTo("\033[38;5;133m");
    assertThat(on(palette, Painted.app("web", 1))).isEqualTo("\033[38;5;30m");
    assertThat(on(palette, Painted.app("web", 7))).isEqualTo("\033[38;5;30m");
    assertThat(on(palette, Painted.app("new", 1))).isEqualTo("\033[38;5;34m");
    assertThat(on(palette, Source.MANAGER)).isEqualTo("\033[38;5;245m");
    assertThat(on(palette, Source.ROUTER)).isEqualTo("\033[38;5;103m");
  }

  @Test
  void the_first_colour_follows_the_last() {
    var types = IntStream.range(0, 13).mapToObj(i -> new ProcessType("t" + i)).toList();
    var palette = new Palette(types);
    assertThat(on(palette, Painted.app("t12", 1))).isEqualTo(on(palette, Painted.app("t0", 1)));
  }

  @Test
  void twelve_colours_differ_and_read_on_light_and_dark() {
    var seen = new ArrayList<double[]>();
    for (int color : Palette.COLORS) {
      double[] rgb = linear(color);
      double light = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
      assertThat(1.05 / (light + 0.05)).as("%s on white", color).isGreaterThan(2.9);
      assertThat((light + 0.05) / (0.013 + 0.05)).as("%s on black", color).isGreaterThan(2.9);
      for (double[] other : seen) {
        assertThat(distance(oklab(rgb), oklab(other))).as("%s", color).isGreaterThan(0.14);
      }
      seen.add(rgb);
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(12);
  }

  private static String on(Palette palette, Source source) {
    return new String(palette.begin(source), StandardCharsets.US_ASCII);
  }

  /** xterm's 6 × 6 × 6 cube in linear light. */
  private static double[] linear(int color) {
    int index = color - 16;
    int[] rgb = {CUBE[index / 36], CUBE[index / 6 % 6], CUBE[index % 6]};
    return IntStream.of(rgb).mapToDouble(c -> Math.pow((c / 255.0 + 0.055) / 1.055, 2.4)).toArray();
  }

  /** Björn Ottosson's perceptual colour space. */
  private static double[] oklab(double[] rgb) {
    double l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    double m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    double s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> Math.pow(a[i] - b[i], 2)).sum());
  }
}
