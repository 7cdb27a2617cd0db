package jlocal.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * Which files are no source: what {@code .gitignore} files say as git reads them, else what {@code
 * ignored.txt} says.
 */
final class Ignored {
  static final String FILE = ".gitignore";

  private final Path root;
  private Collection<String> wanted;
  private final @Nullable Path own;
  private final IgnoreNode standard = new IgnoreNode();
  private final Map<Path, IgnoreNode> files = new HashMap<>();

  /** The folder of the repository; root without one. */
  private final Path top;

  /** Files of git's with rules for all of the repository, the stronger first. */
  private final List<Path> excludes;

  private List<IgnoreNode> excluded = List.of();

  /**
   * What is ignored below a folder.
   *
   * @param wanted folders that are not ignored, whatever the rules say, by their paths from root
   * @param own a folder jlocal writes to; null for none
   * @param environment by which git finds its settings
   */
  Ignored(
      Path root, Collection<String> wanted, @Nullable Path own, Map<String, String> environment) {
    this.root = root;
    this.wanted = wanted;
    this.own = own;
    try (InputStream rules = Ignored.class.getResourceAsStream("ignored.txt")) {
      standard.parse(Objects.requireNonNull(rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path repository = root;
    while (repository != null && !Files.exists(repository.resolve(".git"))) {
      repository = repository.getParent();
    }
    top = repository == null ? root : repository;
    excludes = GitExcludes.of(top, environment);
    readAbove();
  }

  /** Changes what is not ignored, whatever the rules say. */
  void want(Collection<String> others) {
    wanted = others;
  }

  /** The files with rules that are above root or elsewhere. */
  List<Path> above() {
    var all = new ArrayList<>(excludes);
    for (Path folder = root; !folder.equals(top); folder = parent(folder)) {
      all.add(parent(folder).resolve(FILE));
    }
    return all;
  }

  /**
   * Reads the rules of {@link #above}. A repository that ignores the whole app has nothing to say
   * about its files.
   */
  void readAbove() {
    excluded = excludes.stream().map(Ignored::parse).toList();
    for (Path folder = root; !folder.equals(top); folder = parent(folder)) read(parent(folder));
    for (Path folder = root; !folder.equals(top); folder = parent(folder)) {
      if (!Boolean.TRUE.equals(verdict(folder, true))) continue;
      files.clear();
      excluded = List.of();
    }
  }

  private static Path parent(Path folder) {
    return Objects.requireNonNull(folder.getParent());
  }

  /** Reads the {@code .gitignore} of a folder, again if it has been read before. */
  void read(Path folder) {
    files.put(folder, parse(folder.resolve(FILE)));
  }

  private static IgnoreNode parse(Path file) {
    var rules = new IgnoreNode();
    if (!Files.isRegularFile(file)) return rules;
    try (InputStream bytes = Files.newInputStream(file)) {
      rules.parse(file.toString(), bytes);
    } catch (IOException _) {
      // It has gone, or may not be read: it says nothing.
    }
    return rules;
  }

  /** Whether a file or folder below root is ignored; its folder must not be. */
  boolean covers(Path path, boolean isFolder) {
    String name = name(root, path);
    if (wanted.stream().anyMatch(it -> (it + "/").startsWith(name + "/"))) return false;
    if (path.endsWith(FILE) || path.equals(own) || isRuledOut(path, isFolder)) return true;
    // Of an ignored folder that was entered for a wanted one, all else stays ignored.
    String folder = name(root, parent(path)) + "/";
    return wanted.stream().anyMatch(it -> it.startsWith(folder)) && isRuledOut(parent(path), true);
  }

  private boolean isRuledOut(Path path, boolean isFolder) {
    Boolean verdict = verdict(path, isFolder);
    if (verdict == null) verdict = standard.checkIgnored(name(root, path), isFolder);
    return Boolean.TRUE.equals(verdict);
  }

  /** What the nearest file says that says anything; null for none. */
  private @Nullable Boolean verdict(Path path, boolean isFolder) {
    for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
      IgnoreNode rules = files.get(folder);
      Boolean verdict = rules == null ? null : rules.checkIgnored(name(folder, path), isFolder);
      if (verdict != null) return verdict;
    }
    for (IgnoreNode rules : excluded) {
      Boolean verdict = rules.checkIgnored(name(top, path), isFolder);
      if (verdict != null) return verdict;
    }
    return null;
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString();
  }
}
