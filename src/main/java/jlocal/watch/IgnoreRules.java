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
 * Decides which files are not source files: by the {@code .gitignore} files as git reads them, else
 * by {@code ignored.txt}.
 */
final class IgnoreRules {
  static final String FILE = ".gitignore";

  private final Path root;
  private Collection<String> wanted;
  private final @Nullable Path own;
  private final IgnoreNode standard = new IgnoreNode();
  private final Map<Path, IgnoreNode> files = new HashMap<>();

  /** The root of the repository; the app's root if there is none. */
  private final Path top;

  /** git's files with rules for the whole repository, the stronger first. */
  private final List<Path> excludes;

  private List<IgnoreNode> excluded = List.of();

  /**
   * Reads the rules for a folder.
   *
   * @param wanted folders that are never ignored, as paths from root
   * @param own a folder that jlocal writes to; null for none
   * @param environment used by git to find its settings
   */
  IgnoreRules(
      Path root, Collection<String> wanted, @Nullable Path own, Map<String, String> environment) {
    this.root = root;
    this.wanted = wanted;
    this.own = own;
    try (InputStream rules = IgnoreRules.class.getResourceAsStream("ignored.txt")) {
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

  /** Replaces the folders that are never ignored. */
  void want(Collection<String> others) {
    wanted = others;
  }

  /** Returns the files with rules that are above root or elsewhere. */
  List<Path> above() {
    var all = new ArrayList<>(excludes);
    for (Path folder = root; !folder.equals(top); folder = parent(folder)) {
      all.add(parent(folder).resolve(FILE));
    }
    return all;
  }

  /** Reads the rules of {@link #above}, which count only if they do not ignore the whole app. */
  void readAbove() {
    excluded = excludes.stream().map(IgnoreRules::parse).toList();
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

  /** Reads or re-reads the {@code .gitignore} of a folder. */
  void read(Path folder) {
    files.put(folder, parse(folder.resolve(FILE)));
  }

  private static IgnoreNode parse(Path file) {
    var rules = new IgnoreNode();
    if (!Files.isRegularFile(file)) return rules;
    try (InputStream bytes = Files.newInputStream(file)) {
      rules.parse(file.toString(), bytes);
    } catch (IOException _) {
      // Deleted or not readable: no rules.
    }
    return rules;
  }

  /** Whether a file or folder below root is ignored; its folder must not be. */
  boolean covers(Path path, boolean isFolder) {
    String name = name(root, path);
    if (wanted.stream().anyMatch(it -> (it + "/").startsWith(name + "/"))) return false;
    if (path.endsWith(FILE) || path.equals(own) || isRuledOut(path, isFolder)) return true;
    // In an ignored folder that was entered for a wanted one, everything else stays ignored.
    String folder = name(root, parent(path)) + "/";
    return wanted.stream().anyMatch(it -> it.startsWith(folder)) && isRuledOut(parent(path), true);
  }

  private boolean isRuledOut(Path path, boolean isFolder) {
    Boolean verdict = verdict(path, isFolder);
    if (verdict == null) verdict = standard.checkIgnored(name(root, path), isFolder);
    return Boolean.TRUE.equals(verdict);
  }

  /** Returns the result of the nearest file with a matching rule; null if there is none. */
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
