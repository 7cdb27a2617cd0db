package jlocal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/** Reads text files, and pipes as in {@code -e <(heroku config -s)}. */
public final class TextFile {
  private static final int MEGABYTES = 64;

  /** How long a named pipe may have no writer. A writer may take any time. */
  private static final Duration WRITER_TIMEOUT = Duration.ofSeconds(5);

  /** The only device that is accepted; reads as empty. */
  private static final Path NULL = Path.of("/dev/null");

  /** The mask of the file type in a mode, and two types; inode(7). */
  private static final int S_IFMT = 0170000;

  private static final int S_IFIFO = 0010000;
  private static final int S_IFSOCK = 0140000;

  private TextFile() {}

  /**
   * Reads a file and decodes it with {@link Utf8#decode}. Blocks until the writer of a pipe closes
   * it.
   *
   * @param shownAs the file as the user named it
   * @return an empty text and an error if the file cannot be read, is not text, or is a dangling
   *     link
   * @throws NoSuchFileException if the file does not exist
   */
  public static Reading<String> read(Path file, String shownAs) throws NoSuchFileException {
    return read(file, shownAs, WRITER_TIMEOUT);
  }

  /** The text of a file; empty when it cannot be read. What is not UTF-8 becomes U+FFFD. */
  public static String orEmpty(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  static Reading<String> read(Path file, String shownAs, Duration writerTimeout)
      throws NoSuchFileException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) return refused(TextProblems.directory(shownAs));
      return attributes.isOther() && !Files.isSameFile(file, NULL)
          ? readSpecial(file, shownAs, writerTimeout)
          : text(Files.newInputStream(file), shownAs);
    } catch (NoSuchFileException missing) {
      if (!Files.isSymbolicLink(file)) throw missing;
      return refused(TextProblems.danglingLink(shownAs, target(file)));
    } catch (IOException failure) {
      return refused(TextProblems.unreadable(shownAs, reason(failure)));
    }
  }

  private static Reading<String> readSpecial(Path file, String shownAs, Duration writerTimeout)
      throws IOException {
    int type = (int) Files.getAttribute(file, "unix:mode") & S_IFMT;
    if (type == S_IFSOCK) return refused(TextProblems.notAFile(shownAs, "a socket"));
    if (type != S_IFIFO) return refused(TextProblems.notAFile(shownAs, "a device"));
    try {
      return NamedPipeReader.read(file, writerTimeout, pipe -> text(pipe, shownAs));
    } catch (TimeoutException _) {
      return refused(TextProblems.noWriter(shownAs, writerTimeout));
    }
  }

  private static Reading<String> text(InputStream opened, String shownAs) throws IOException {
    try (opened) {
      byte[] bytes = opened.readNBytes(MEGABYTES << 20);
      if (opened.read() >= 0) return refused(TextProblems.tooLarge(shownAs, MEGABYTES));
      return Utf8.decode(bytes, shownAs);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "another place";
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
