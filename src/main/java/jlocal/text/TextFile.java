package jlocal.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/**
 * The only way from a file on disk (or a pipe, as in {@code -e <(heroku config -s)}) to its text.
 */
public final class TextFile {
  private static final int MEGABYTES = 64;

  private TextFile() {}

  /**
   * The file's text as {@link Utf8#decode} gives it.
   *
   * @param shownAs the file as the user named it
   * @return an empty text and an error when the file cannot be read or is no text
   * @throws NoSuchFileException when there is none: what that means, the caller knows
   */
  public static Reading<String> read(Path file, String shownAs) throws NoSuchFileException {
    if (Files.isDirectory(file)) return refused(TextProblems.directory(shownAs));
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MEGABYTES << 20);
      if (in.read() >= 0) return refused(TextProblems.tooLarge(shownAs, MEGABYTES));
      return Utf8.decode(bytes, shownAs);
    } catch (NoSuchFileException missing) {
      throw missing;
    } catch (IOException failure) {
      return refused(TextProblems.unreadable(shownAs, reason(failure)));
    }
  }

  private static Reading<String> refused(Problem problem) {
    return new Reading<>("", List.of(problem));
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException system when system.getReason() != null ->
          system.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    };
  }
}
