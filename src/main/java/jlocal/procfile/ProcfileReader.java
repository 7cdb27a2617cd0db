package jlocal.procfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/** Reads a Procfile from disk. */
public final class ProcfileReader {
  private static final Procfile NOTHING = new Procfile(new LinkedHashMap<>());

  private ProcfileReader() {}

  /**
   * Reads a file and reports all its problems.
   *
   * @param shownAs the file as the user named it
   */
  public static Reading<Procfile> read(Path file, String shownAs) {
    try {
      Reading<String> text = TextFile.read(file, shownAs);
      if (text.hasErrors()) return new Reading<>(NOTHING, text.problems());
      return ProcfileParser.parse(text.value(), shownAs);
    } catch (NoSuchFileException _) {
      return new Reading<>(NOTHING, List.of(missing(file, shownAs)));
    }
  }

  private static Problem missing(Path file, String shownAs) {
    Path wanted = file.toAbsolutePath().normalize();
    Path folder = Objects.requireNonNullElse(wanted.getParent(), wanted);
    Problem missing = ProcfileProblems.noSuchFile(shownAs, folder);
    if (!Files.isDirectory(folder)) return missing.hint("'" + folder + "' is not a folder");
    String other = similarName(folder, String.valueOf(wanted.getFileName()));
    return other == null ? missing : missing.hint(ProcfileProblems.didYouMean(other, shownAs));
  }

  /**
   * Returns a similar name in the folder: {@code Procfile.dev} or {@code procfile} for {@code
   * Procfile}.
   */
  private static @Nullable String similarName(Path folder, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(other -> (other.toLowerCase(Locale.ROOT) + ".").startsWith(wanted + "."))
          .min(ProcfileReader::compareByDev)
          .orElse(null);
    } catch (IOException _) {
      return null;
    }
  }

  private static int compareByDev(String one, String other) {
    boolean oneIs = one.endsWith(".dev");
    return oneIs == other.endsWith(".dev") ? one.compareTo(other) : oneIs ? -1 : 1;
  }
}
