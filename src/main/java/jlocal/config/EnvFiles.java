package jlocal.config;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.text.TextFile;

/** Reads the env files of an app into its config vars. */
public final class EnvFiles {
  private EnvFiles() {}

  /** Reads files that the user named. Each must exist; later ones override earlier ones. */
  public static Reading<ConfigVars> read(List<Path> files) {
    var read = new ArrayList<EnvFile>();
    var problems = new ArrayList<Problem>();
    for (Path file : files) {
      Reading<EnvFile> one = readNamed(file);
      read.add(one.value());
      problems.addAll(one.problems());
    }
    return new Reading<>(ConfigVars.of(read), problems);
  }

  /**
   * Reads the default file; without it, there are no config vars.
   *
   * @param shownAs the name to use in messages: {@code .env}
   */
  public static Reading<ConfigVars> readIfPresent(Path file, String shownAs) {
    try {
      Reading<EnvFile> one = readOne(file, shownAs);
      return new Reading<>(ConfigVars.of(List.of(one.value())), one.problems());
    } catch (NoSuchFileException _) {
      return new Reading<>(ConfigVars.NONE, List.of());
    }
  }

  private static Reading<EnvFile> readNamed(Path file) {
    try {
      return readOne(file, file.toString());
    } catch (NoSuchFileException _) {
      Path wanted = file.toAbsolutePath().normalize();
      Path folder = Objects.requireNonNullElse(wanted.getParent(), wanted);
      return new Reading<>(
          new EnvFile(file.toString(), List.of()),
          List.of(EnvProblems.noSuchFile(file.toString(), folder)));
    }
  }

  private static Reading<EnvFile> readOne(Path file, String shownAs) throws NoSuchFileException {
    Reading<String> text = TextFile.read(file, shownAs);
    return text.hasErrors()
        ? new Reading<>(new EnvFile(shownAs, List.of()), text.problems())
        : EnvFile.parse(text.value(), shownAs);
  }
}
